package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BookstoreCommandTest {

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
                    .endsWith("Choose another one with --port");
        }
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
        try (Mailbox mailbox = Mailbox.start(data.resolve("mails"), 0, 0, Clock.systemUTC())) {
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
        assertThat(out.toString()).startsWith("running in part, ").contains("SMTP       DOWN", "mailbox    DOWN");
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
