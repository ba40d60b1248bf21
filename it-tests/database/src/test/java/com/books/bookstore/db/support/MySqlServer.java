package com.books.bookstore.db.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * MySQL 8.0.15 for Linux on x86-64, from the archive that the profile {@code mysql} puts on the class path. It needs the
 * system library libaio (Debian: libaio1).
 */
record MySqlServer(int port) implements DatabaseServer {

    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    static MySqlServer start() {
        try {
            Path program = unpack();
            Path data = Files.createTempDirectory(DatabaseServer.workDirectory("mysql-data"), "data");
            run(command(program, data, "--initialize-insecure"));
            int port = DatabaseServer.freePort();
            List<String> command = command(
                    program,
                    data,
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--socket=mysql.sock",
                    "--mysqlx=OFF",
                    "--skip-log-bin",
                    "--character-set-server=utf8mb4",
                    "--max-connections=500",
                    // As in MariaDbServer.
                    "--innodb-flush-log-at-trx-commit=0");
            Process server =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, data)));
            awaitReady(server);
            return new MySqlServer(port);
        } catch (IOException e) {
            throw new UncheckedIOException("MySQL does not start", e);
        }
    }

    /** The data of a test is not needed afterwards. */
    private static void remove(Process server, Path data) {
        server.destroyForcibly().onExit().join();
        try {
            FileUtils.deleteDirectory(data.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpack() throws IOException {
        Path program = DatabaseServer.workDirectory("mysql");
        if (!Files.exists(program.resolve("bin/mysqld"))) {
            Path archive = program.resolve(ARCHIVE);
            try (InputStream packed = MySqlServer.class.getClassLoader().getResourceAsStream(ARCHIVE)) {
                if (packed == null) {
                    throw new IllegalStateException(ARCHIVE + " is not on the class path: run Maven with -Pmysql");
                }
                Files.copy(packed, archive, StandardCopyOption.REPLACE_EXISTING);
            }
            run(List.of("tar", "-xzf", archive.toString(), "-C", program.toString()));
            Files.delete(archive);
        }
        return program;
    }

    private static List<String> command(Path program, Path data, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                program.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + program,
                "--datadir=" + data,
                "--lc-messages-dir=" + program.resolve("share"),
                // The archive holds no plug-ins: the newer default method is not in it.
                "--default-authentication-plugin=mysql_native_password"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command.get(0) + " failed: " + output);
        }
    }

    /** Reads the server's output until it is ready, and goes on reading so that the pipe never fills up. */
    private static void awaitReady(Process server) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("ready for connections")) {
                Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}));
                drain.setDaemon(true);
                drain.start();
                return;
            }
            said.append(line).append(System.lineSeparator());
        }
        throw new IOException("mysqld ended: " + said);
    }
}
