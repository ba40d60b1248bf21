package com.books.bookstore.cluster;

import com.books.bookstore.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One database server of the cluster, on loopback and free ports, in a process that can be killed and frozen. Not thread-safe. */
final class GaleraNode {

    /** Of the account that owns the server's process: rsync, which copies the data to a new node, refuses to write as root. */
    private static final String NOBODY = "65534";

    /** A server that says nothing for two seconds is put out of the cluster, instead of five. */
    private static final String NOTICE_SILENCE = "evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.25S;"
            + "evs.suspect_timeout=PT2S;evs.inactive_timeout=PT6S;evs.install_timeout=PT4S";

    private static final String NEW_CLUSTER = "--wsrep-new-cluster";
    private static final Pattern RECOVERED = Pattern.compile("Recovered position:\\s*(\\S+)");

    private final DebianPackages packages;
    private final Path directory;
    private final String name;
    private final int port = FreePort.next();
    private final int groupPort = FreePort.next();
    private final int catchUpPort = FreePort.next();
    private final int copyPort = FreePort.next();
    private Process process;

    GaleraNode(DebianPackages packages, Path directory, String name) {
        this.packages = packages;
        this.directory = directory;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Host and port for clients. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Host and port for the other nodes. */
    String groupAddress() {
        return "127.0.0.1:" + groupPort;
    }

    /** Makes the data directory and the configuration. */
    void prepare(List<GaleraNode> cluster) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path usr = packages.usr();
        Files.writeString(
                directory.resolve("my.cnf"),
                String.join(
                        "\n",
                        "[mysqld]",
                        "basedir=" + usr,
                        "plugin-dir=" + usr.resolve("lib/mysql/plugin"),
                        "lc-messages-dir=" + usr.resolve("share/mysql"),
                        "datadir=" + directory.resolve("data"),
                        "socket=" + directory.resolve("socket"),
                        "pid-file=" + directory.resolve("pid"),
                        "bind-address=127.0.0.1",
                        "port=" + port,
                        "max_connections=400",
                        "innodb_buffer_pool_size=64M",
                        "innodb_flush_log_at_trx_commit=1",
                        "innodb_autoinc_lock_mode=2",
                        "binlog_format=ROW",
                        "wsrep_on=ON",
                        "wsrep_provider=" + usr.resolve("lib/galera/libgalera_smm.so"),
                        "wsrep_cluster_name=bookstore",
                        "wsrep_cluster_address=gcomm://"
                                + String.join(
                                        ",",
                                        cluster.stream()
                                                .map(GaleraNode::groupAddress)
                                                .toList()),
                        "wsrep_node_name=" + name,
                        "wsrep_node_address=" + groupAddress(),
                        "wsrep_sst_method=rsync",
                        "wsrep_sst_receive_address=127.0.0.1:" + copyPort,
                        "wsrep_provider_options=\"base_host=127.0.0.1;base_port=" + groupPort
                                + ";gmcast.listen_addr=tcp://" + groupAddress() + ";ist.recv_addr=127.0.0.1:"
                                + catchUpPort + ";gcache.size=128M;" + NOTICE_SILENCE + "\"",
                        ""));
        giveAway();
        Process install = launch(
                "install.log",
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--basedir=" + usr,
                        "--datadir=" + directory.resolve("data"),
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        if (install.waitFor() != 0) {
            throw new IllegalStateException(
                    "MariaDB made no data directory:\n" + Files.readString(directory.resolve("install.log")));
        }
    }

    private void giveAway() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private Process launch(String log, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve(log).toFile()));
        builder.environment().putAll(packages.environment());
        return builder.start();
    }

    void startAsFirst() throws IOException {
        start(List.of(NEW_CLUSTER));
    }

    /** Starts it to join the others. After a crash it only fetches what it lacks, because its own log says how far it got. */
    void start() throws IOException, InterruptedException {
        start(
                Files.exists(directory.resolve("data/grastate.dat"))
                        ? List.of("--wsrep-start-position=" + position())
                        : List.of());
    }

    /** What Debian's service does before it starts the server. */
    private String position() throws IOException, InterruptedException {
        Files.deleteIfExists(directory.resolve("recovery.log"));
        launch("recovery.log", List.of("mariadbd", "--defaults-file=" + directory.resolve("my.cnf"), "--wsrep-recover"))
                .waitFor();
        Matcher position = RECOVERED.matcher(Files.readString(directory.resolve("recovery.log")));
        if (!position.find()) {
            throw new IllegalStateException("MariaDB found no position: see " + directory.resolve("recovery.log"));
        }
        return position.group(1);
    }

    private void start(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("mariadbd", "--defaults-file=" + directory.resolve("my.cnf")));
        command.addAll(options);
        process = launch("log", command);
    }

    /** Whether it belongs to the cluster and has all of its data. */
    boolean isSynced() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + " has ended: see " + directory.resolve("log"));
        }
        try {
            return "Synced".equals(status("wsrep_local_state_comment"))
                    && "Primary".equals(status("wsrep_cluster_status"));
        } catch (SQLException e) {
            return false;
        }
    }

    /** A status variable of the server. */
    String status(String variable) throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + variable + "'")) {
            return row.next() ? row.getString(2) : "";
        }
    }

    Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://" + address() + "/" + schema
                        + "?sslMode=DISABLED&connectTimeout=2000&socketTimeout=20000",
                "root",
                "");
    }

    /** As a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As a machine that swaps or a virtual machine that is moved: its connections stay, and nothing answers. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Cuts it off from the other nodes, not from clients; or ends that. */
    void isolate(boolean isolated) throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute(String.format(
                    Locale.ROOT, "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=%d'", isolated ? 1 : 0));
        }
    }

    /** Ends it, so that its folder can be deleted. */
    void stop() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
