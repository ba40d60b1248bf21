package com.books.bookstore.database;

import com.books.bookstore.embedded.Causes;
import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.embedded.PrivateFiles;
import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server that belongs to this process: started with it, stopped with it, its data kept in a directory.
 *
 * <p>It listens on 127.0.0.1 only. The account to be used is {@value #USER}, which has all rights on the schema
 * {@value #SCHEMA} and none elsewhere; its password is new at every start and is kept only in this object. The account
 * {@value #READER} can only read the schema.
 * Every commit is on disk before it is acknowledged.
 *
 * <p>A server that ends without being told to is started again, on the same port, a few times at most.
 *
 * <p>Thread-safe. {@link #close()} may be called more than once.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);

    /** The schema of the bookstore. */
    public static final String SCHEMA = "bookstore";
    /** The account that the bookstore uses. */
    public static final String USER = "bookstore";

    /** An account that can read the schema and nothing else, for a person who wants to look at it. */
    public static final String READER = "bookstore_reader";

    /** What ends again and again will not get better by starting it. */
    private static final int MAX_RESTARTS = 3;

    /** Room for the hot part of a catalog of a million books, in megabytes of 1,048,576 bytes. */
    public static final int DEFAULT_MEMORY = 256;

    private static final int LARGEST_LOG = 2_048;

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROGRAM = "program";
    private static final String PID_FILE = "server.pid";
    private static final String READERS_PASSWORD = "reader.password";

    /**
     * What the server is started with besides directories, port and memory. Names are not resolved and connections not
     * encrypted: nothing leaves this machine.
     */
    private static final List<String> SERVER_ARGUMENTS = List.of(
            "--bind-address=" + LOOPBACK,
            "--skip-name-resolve",
            "--skip-ssl",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_ci",
            "--default-time-zone=+00:00",
            "--max-connections=200",
            "--max-allowed-packet=64M",
            "--innodb-flush-log-at-trx-commit=1");

    private final Path home;
    private final DirectoryClaim claim;
    private final int port;
    private final String password;
    private final int memory;
    private ServerProcess server;
    private int restarts;
    private boolean closed;

    private EmbeddedMariaDb(Path home, DirectoryClaim claim, int port, String password, int memory) {
        this.home = home;
        this.claim = claim;
        this.port = port;
        this.password = password;
        this.memory = memory;
    }

    /**
     * Starts the server. The first start in a directory unpacks the program and makes an empty database (about 500 MB);
     * later ones find the data as it was left, also after a crash.
     *
     * @param directory where program and data are kept; made if it does not exist
     * @param port      the TCP port on 127.0.0.1, or 0 for any free one
     * @return the server, ready for connections
     * @throws StartException in one line, if the port is taken, the directory is used by another running
     *                               server, or the server does not start
     */
    public static EmbeddedMariaDb start(Path directory, int port) {
        return start(directory, port, DEFAULT_MEMORY);
    }

    /**
     * {@link #start(Path, int)} with other memory.
     *
     * @param memory the size of the buffer pool, in megabytes of 1,048,576 bytes; the process takes more
     */
    public static EmbeddedMariaDb start(Path directory, int port, int memory) {
        return start(directory, port, newPassword(), memory);
    }

    /**
     * {@link #start(Path, int)} with a given password: for clients that already know one from an earlier start.
     *
     * @param password what {@link #user()} connects with from now on
     */
    public static EmbeddedMariaDb start(Path directory, int port, String password) {
        return start(directory, port, password, DEFAULT_MEMORY);
    }

    private static EmbeddedMariaDb start(Path directory, int port, String password, int memory) {
        Path home = directory.toAbsolutePath().normalize();
        DirectoryClaim claim = DirectoryClaim.of(home);
        EmbeddedMariaDb started = null;
        try {
            // It may hold the port.
            ServerProcess.stopOrphan(home.resolve(PROGRAM), home.resolve(PID_FILE));
            EmbeddedMariaDb database =
                    new EmbeddedMariaDb(home, claim, port == 0 ? FreePort.next() : free(port), password, memory);
            database.startServer();
            started = database;
            return started;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "The embedded MariaDB in " + home + " could not be started: " + Causes.inOneLine(e), e);
        } finally {
            if (started == null) {
                claim.close();
            }
        }
    }

    private synchronized void startServer() throws IOException {
        String readersPassword = newPassword();
        PrivateFiles.write(readersPassword(home), readersPassword);
        Path accounts = writeAccounts(home, password, readersPassword);
        try {
            ProcessBuilder command = MariaDbProgram.prepare(home.resolve(PROGRAM), home.resolve("data"));
            command.command().addAll(SERVER_ARGUMENTS);
            command.command().add("--innodb-buffer-pool-size=" + memory + "M");
            // Large enough that a burst of orders does not force page writes; after a crash it is read to its end.
            command.command().add("--innodb-log-file-size=" + Math.min(LARGEST_LOG, memory / 2) + "M");
            command.command().add("--port=" + port);
            command.command().add("--init-file=" + accounts);
            // Relative to the data directory: the path of a socket may not be long.
            command.command().add("--socket=mariadb.sock");
            if ("root".equals(System.getProperty("user.name"))) {
                // MariaDB refuses to run as root unless told so.
                command.command().add("--user=root");
            }
            server = ServerProcess.start(command, home.resolve(PID_FILE));
            server.onUnexpectedEnd(this::startAgain);
        } finally {
            Files.deleteIfExists(accounts);
        }
    }

    private synchronized void startAgain() {
        if (closed) {
            return;
        }
        if (restarts == MAX_RESTARTS) {
            LOG.error(
                    "MariaDB ended again after {} restarts and stays down. Its output is logged at level DEBUG. Remove the cause, then restart the bookstore",
                    MAX_RESTARTS);
            return;
        }
        restarts++;
        LOG.warn("MariaDB ended unexpectedly and is started again (restart {} of {})", restarts, MAX_RESTARTS);
        server.close();
        try {
            startServer();
        } catch (IOException e) {
            LOG.error("MariaDB could not be started again: {}", Causes.inOneLine(e));
        }
    }

    /**
     * The file with the password of {@value #READER}, which only its owner can read; made anew at every start.
     *
     * @param directory that of the server
     */
    public static Path readersPassword(Path directory) {
        return directory.resolve(READERS_PASSWORD);
    }

    /** The TCP port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The bookstore's schema on this server, without any driver parameters. */
    public String jdbcUrl() {
        return "jdbc:mysql://" + LOOPBACK + ":" + port + "/" + SCHEMA;
    }

    /** The account of the bookstore. */
    public String user() {
        return USER;
    }

    /** The password of {@link #user()}: a new one at every start, unless one was given. */
    public String password() {
        return password;
    }

    /** Stops the server and waits until its data is on disk. */
    @Override
    public synchronized void close() {
        closed = true;
        server.close();
        claim.close();
    }

    /**
     * The server runs this file before it accepts connections. No administrator's password is
     * needed, and the account is right at every start, whatever the data directory says. MariaDB's own test schemas, which every account
     * could write to, are closed.
     */
    private static Path writeAccounts(Path home, String password, String readersPassword) throws IOException {
        // createTempFile: only this user can read it.
        Path file = Files.createTempFile(home, "accounts", ".sql");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "DELETE FROM mysql.db WHERE Db LIKE 'test%';",
                        "FLUSH PRIVILEGES;",
                        "DROP DATABASE IF EXISTS test;",
                        "CREATE DATABASE IF NOT EXISTS " + SCHEMA
                                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;",
                        account(USER, password, "ALL PRIVILEGES"),
                        account(READER, readersPassword, "SELECT"),
                        ""));
        return file;
    }

    private static String account(String name, String password, String rights) {
        String account = "'" + name + "'@'" + LOOPBACK + "'";
        return String.join(
                "\n",
                "CREATE USER IF NOT EXISTS " + account + ";",
                "ALTER USER " + account + " IDENTIFIED BY '"
                        + password.replace("\\", "\\\\").replace("'", "''") + "';",
                "GRANT " + rights + " ON " + SCHEMA + ".* TO " + account + ";");
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static int free(int wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return wanted;
        } catch (IOException e) {
            throw new StartException("Port " + wanted + " for the embedded MariaDB is not free: " + e.getMessage(), e);
        }
    }
}
