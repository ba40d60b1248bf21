package com.books.bookstore.launcher;

import com.books.bookstore.embedded.Causes;
import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command line: {@code bookstore up | token | mails | sql | status | down}. */
@Command(
        name = "bookstore",
        description = "Runs the bookstore on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = BookstoreCommand.Version.class,
        subcommands = {
            UpCommand.class,
            TokenCommand.class,
            MailsCommand.class,
            SqlCommand.class,
            StatusCommand.class,
            DownCommand.class
        })
public final class BookstoreCommand {

    /** A disk with less than this counts as full when a file cannot be written. */
    private static final long FULL_BELOW_BYTES = 1024 * 1024;

    private BookstoreCommand() {}

    /** The version in the manifest of the launcher's jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = BookstoreCommand.class.getPackage().getImplementationVersion();
            return new String[] {"books.com " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Exits with 0, with 1 after one line that says what failed, or with 2 if the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new BookstoreCommand());
        commandLine.setParameterExceptionHandler((failure, arguments) -> {
            CommandLine command = failure.getCommandLine();
            command.getErr().println("bookstore: " + failure.getMessage());
            command.getErr()
                    .println("The options are listed by: ./"
                            + command.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            Optional<String> line = inOneLine(failure, () -> usableSpace(command));
            if (line.isEmpty()) {
                throw failure;
            }
            command.getErr().println("bookstore: " + line.get());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine;
    }

    /**
     * What can be said to a person; nothing about a failure that only its stack trace explains.
     *
     * @param usable the free space of the data directory in bytes: operating systems say in their own language that a disk is full
     */
    static Optional<String> inOneLine(Exception failure, LongSupplier usable) {
        if (Causes.find(failure, IOException.class).isPresent()
                && (Causes.of(failure).anyMatch(BookstoreCommand::saysFullDisk)
                        || usable.getAsLong() < FULL_BELOW_BYTES)) {
            return Optional.of(
                    "There is no space left on the disk. Free some space and try again, or choose a directory on another disk"
                            + " with --data-dir");
        }
        return failure instanceof StartException ? Optional.of(failure.getMessage()) : Optional.empty();
    }

    private static boolean saysFullDisk(Throwable cause) {
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).contains("No space left on device");
    }

    /** Of the data directory or what exists of its path; the most there can be if that is not known. */
    private static long usableSpace(CommandLine command) {
        OptionSpec option = command.getCommandSpec().findOption(DataDirectory.OPTION);
        Path directory = option == null ? null : option.getValue();
        Path existing = directory == null ? null : directory.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null
                    ? Long.MAX_VALUE
                    : Files.getFileStore(existing).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
