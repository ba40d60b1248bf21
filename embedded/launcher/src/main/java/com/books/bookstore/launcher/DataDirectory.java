package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that all commands share. */
final class DataDirectory {

    static final String OPTION = "--data-dir";

    /** Says for whom the directory was made. */
    private static final String MODE_FILE = "mode";

    private static final String DEFAULT_NAME = ".bookstore";
    private static final String DEMO = "demo";
    private static final String NO_DEMO = "no-demo";

    @Option(
            names = DataDirectory.OPTION,
            paramLabel = "DIR",
            defaultValue = "${sys:bookstore.home:-.}/" + DataDirectory.DEFAULT_NAME,
            description =
                    "where the embedded database and the state of the running system are kept (default: ${DEFAULT-VALUE})")
    private Path directory;

    Path path() {
        return directory.toAbsolutePath().normalize();
    }

    /**
     * What other commands need in order to find this directory: the option, with a blank before it and as a shell reads it; empty for
     * the default directory.
     */
    String optionOfOtherCommands() {
        return path().equals(UpOptions.home().resolve(DEFAULT_NAME))
                ? ""
                : " " + OPTION + " '" + path().toString().replace("'", "'\\''") + "'";
    }

    /** Whether the demo users can sign in to what is kept here; so it is with a directory that says nothing, too. */
    boolean isDemo() {
        return !mode().filter(NO_DEMO::equals).isPresent();
    }

    /**
     * Makes the directory for one mode, for good: demo users are never left behind in a shop without them, nor let in there.
     *
     * @throws StartException in one line, if it was made for the other mode
     */
    void createFor(boolean demo) {
        create();
        Optional<String> made = mode();
        if (made.isPresent() && isDemo() != demo) {
            throw new StartException(
                    demo
                            ? path()
                                    + " holds a shop without demo users. Start it with --no-demo, or choose another directory with --data-dir"
                            : path()
                                    + " holds demo data and demo users, whose password is public. Choose another directory for --no-demo"
                                    + " with --data-dir, or remove this one");
        }
        try {
            Files.writeString(path().resolve(MODE_FILE), demo ? DEMO : NO_DEMO);
        } catch (IOException e) {
            throw new StartException("Cannot write to " + path() + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> mode() {
        Path file = path().resolve(MODE_FILE);
        try {
            if (Files.exists(file)) {
                return Optional.of(Files.readString(file).strip());
            }
        } catch (IOException e) {
            throw new StartException("Cannot read " + file + ": " + e.getMessage(), e);
        }
        // Without that file, what is there is that of demo users.
        return Files.exists(path().resolve("identity")) || Files.exists(path().resolve("db"))
                ? Optional.of(DEMO)
                : Optional.empty();
    }

    /** Creates the directory unless it exists, readable only by its owner: it holds users, keys and orders. */
    private void create() {
        Path parent = path().getParent();
        try {
            if (!Files.exists(path())) {
                Files.createDirectories(parent);
                Files.createDirectory(
                        path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new StartException("Cannot create the directory " + path() + ": " + e.getMessage(), e);
        }
    }
}
