package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code bookstore up | token | mails | status | down}. */
@Command(
        name = "bookstore",
        description = "Runs the bookstore on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = BookstoreCommand.Version.class,
        subcommands = {UpCommand.class, TokenCommand.class, MailsCommand.class, StatusCommand.class, DownCommand.class})
public final class BookstoreCommand {

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
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartException) {
                command.getErr().println("bookstore: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return commandLine;
    }
}
