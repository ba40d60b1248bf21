package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.launcher.mailbox.Mailbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BookstoreCommandTest {

    private static final long ROOM = 1024 * 1024;

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = BookstoreCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void aPortInUseIsOneLineAndExitCodeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            int exitCode = run("up", "--port", Integer.toString(taken.getLocalPort()), "--data-dir", data.toString());

            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("bookstore: Port " + taken.getLocalPort() + " cannot be used")
                    .endsWith("Choose another one with --port, or move all ports with --port-offset");
        }
    }

    @Test
    void theKernelOfAKilledRunIsStoppedBeforeThePortsAreLookedAt() throws IOException {
        Path home = Files.createDirectories(data.resolve("identity/kernel"));
        // Runs until its standard input ends, as the kernel does.
        Process left = new ProcessBuilder("sh", "-c", "read line", "sh", "-Dcarbon.home=" + home).start();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Files.writeString(home.resolve("kernel.pid"), Long.toString(left.pid()));

            assertThat(run("up", "--port", Integer.toString(taken.getLocalPort()), "--data-dir", data.toString()))
                    .isEqualTo(1);

            assertThat(left.isAlive()).isFalse();
            assertThat(out.toString()).contains("Stopping the identity kernel that an earlier run left behind");
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void aPortThatDoesNotExistIsSaidWithoutAStackTrace() {
        assertThat(run("up", "--port", "99999", "--data-dir", data.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "bookstore: --port is 99999. A port is a number from 0 to 65535",
                        "The options are listed by: ./bookstore up --help");
    }

    @Test
    void anOffsetMovesEveryPortAndNoFreeOne() {
        WithPorts command = new WithPorts();
        Ports ports = command.ports;
        new CommandLine(command).parseArgs("--port-offset", "10", "--scim-port", "20");
        assertThat(ports.api()).isEqualTo(8300);
        assertThat(ports.site()).isEqualTo(8090);
        assertThat(ports.scim()).isEqualTo(30);
        assertThat(ports.database()).isZero();

        assertThat(run("up", "--port-offset", "60000", "--data-dir", data.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("bookstore: --site-port is 8080, and with --port-offset 60000 it is 68080. A port is");
    }

    @CommandLine.Command
    private static final class WithPorts {

        @CommandLine.Mixin
        private final Ports ports = new Ports();
    }

    @Test
    void aDiskWithTooLittleSpaceIsOneLine() throws IOException {
        assertThatThrownBy(() -> Preconditions.freeSpace(data, directory -> 100_000_000))
                .isInstanceOf(StartException.class)
                .hasMessage("The disk of " + data + " has 95 MB left, and the first start needs 800 MB."
                        + " Free some space, or choose a directory on another disk with --data-dir");
        Files.createDirectories(data.resolve("db/data"));
        assertThatThrownBy(() -> Preconditions.freeSpace(data, directory -> 0))
                .hasMessageContaining("a start needs 100 MB");
        Preconditions.freeSpace(data, directory -> 200_000_000);
    }

    /** What the operating system says, by its own device for it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsOneLineWhereverItIsNoticed() {
        Throwable full = catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[] {1}));

        assertThat(BookstoreCommand.inOneLine(new IllegalStateException("The kernel did not start", full), () -> ROOM))
                .hasValueSatisfying(line -> assertThat(line).startsWith("There is no space left on the disk."));
        assertThat(BookstoreCommand.inOneLine(new IOException("Permission denied"), () -> ROOM))
                .isEmpty();
        assertThat(BookstoreCommand.inOneLine(new IllegalStateException("No space left on device"), () -> ROOM))
                .isEmpty();
    }

    @Test
    void aFullDiskIsNoticedInEveryLanguage() {
        IOException german = new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");

        assertThat(BookstoreCommand.inOneLine(new StartException("Cannot write", german), () -> 4096))
                .hasValueSatisfying(line -> assertThat(line).startsWith("There is no space left on the disk."));
        assertThat(BookstoreCommand.inOneLine(new StartException("Cannot write", german), () -> ROOM))
                .hasValue("Cannot write");
        assertThat(BookstoreCommand.inOneLine(new StartException("Cannot start"), () -> 0))
                .hasValue("Cannot start");
    }

    @Test
    void sqlNeedsTheEmbeddedDatabase() {
        RunningSystem.ofThisProcess(new EnumMap<>(Map.of(Part.DATABASE, "db.example.com:3306")))
                .writeTo(data);
        assertThat(run("sql", "SHOW TABLES", "--data-dir", data.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("bookstore: This bookstore uses an external database. Connect to db.example.com:3306"
                        + " with a client of MySQL or MariaDB");
    }

    @Test
    void columnsAreAligned() {
        assertThat(TextTable.of(List.of(List.of("id", "title"), List.of("1000", "Dune"))))
                .containsExactly("id    title", "1000  Dune");
    }

    @Test
    void tokenNeedsARunningSystem() {
        assertThat(run("token", "customer", "--data-dir", data.toString())).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("bookstore: The bookstore is not running. Start it with: ./bookstore up");
    }

    @Test
    void statusTellsARunningSystemFromOneThatIsGone() throws IOException {
        RunningSystem.ofThisProcess(Map.of()).writeTo(data);
        assertThat(run("status", "--data-dir", data.toString())).isZero();
        assertThat(out.toString()).startsWith("running, process ");

        Path state = data.resolve("running.properties");
        Files.writeString(state, Files.readString(state).replaceAll("startedAt=.*", "startedAt=long ago"));
        assertThat(run("status", "--data-dir", data.toString())).isEqualTo(1);
    }

    @Test
    void statusNamesThePartThatIsDown() {
        try (Mailbox mailbox = Mailbox.start(data.resolve("mails"), 0, 0, "urn:problem:", Clock.systemUTC())) {
            String smtp = mailbox.smtpHost() + ":" + mailbox.smtpPort();
            RunningSystem.ofThisProcess(
                            new EnumMap<>(Map.of(Part.MAILBOX, mailbox.address().toString(), Part.SMTP, smtp)))
                    .writeTo(data);
            assertThat(run("status", "--data-dir", data.toString())).isZero();
            assertThat(out.toString().lines().skip(1))
                    .containsExactly("SMTP       up    " + smtp, "mailbox    up    " + mailbox.address());
        }
        out.getBuffer().setLength(0);

        assertThat(run("status", "--data-dir", data.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("partly running, ").contains("SMTP       DOWN", "mailbox    DOWN");
    }

    @Test
    void whatDemoUsersKnowIsNotStartedWithoutThem() throws IOException {
        Files.createDirectory(data.resolve("identity"));

        assertThat(up("--no-demo")).isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("bookstore: " + data + " holds demo data and demo users");
        assertThat(data).isDirectoryNotContaining("glob:**/db");
    }

    @Test
    void demoUsersAreNotLetIntoAShopWithoutThem() throws IOException {
        Files.writeString(data.resolve("mode"), "no-demo");

        assertThat(up()).isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("bookstore: " + data + " holds a shop without demo users");
    }

    private int up(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--site-port",
                "0",
                "--port",
                "0",
                "--identity-port",
                "0",
                "--scim-port",
                "0",
                "--sign-in-port",
                "0",
                "--metrics-port",
                "0",
                "--smtp-port",
                "0",
                "--mailbox-port",
                "0",
                "--data-dir",
                data.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void withoutDemoUsersTokenNeedsAPassword() throws IOException {
        Files.writeString(data.resolve("mode"), "no-demo");
        RunningSystem.ofThisProcess(new EnumMap<>(Map.of(Part.IDENTITY, "https://localhost:1/oauth2/token")))
                .writeTo(data);

        assertThat(run("token", "customer", "--data-dir", data.toString())).isEqualTo(1);
        assertThat(run("token", "customer", "--data-dir", data.toString(), "--password-file", "none"))
                .isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "bookstore: There are no demo users here: give the password with --password-file or --password",
                        "bookstore: Cannot read none");
    }

    @Test
    void aWrongCommandLineIsExitCodeTwo() {
        assertThat(run("sideways")).isEqualTo(2);
        assertThat(run("up", "--port", "many")).isEqualTo(2);
    }
}
