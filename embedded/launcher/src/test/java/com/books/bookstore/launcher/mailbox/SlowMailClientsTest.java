package com.books.bookstore.launcher.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many SMTP clients that send byte by byte neither stop others nor stay. At the same time, since each test waits for the deadline. */
@Tag("slow")
@Tag("attack")
@Execution(ExecutionMode.CONCURRENT)
class SlowMailClientsTest {

    private static final int CLIENTS = 70;

    @TempDir
    private Path directory;

    private Mailbox mailbox;
    private final List<Socket> slow = new ArrayList<>();

    @BeforeEach
    void start() {
        mailbox = Mailbox.start(directory, 0, 0, "", Clock.systemUTC(), Duration.ofSeconds(3));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        mailbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HE",
                "HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<",
                "HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: endless\r\n\r\n"
            })
    @Timeout(60)
    void slowClientsNeitherStopOthersNorStay(String beginning) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket(mailbox.smtpHost(), mailbox.smtpPort());
            slow.add(socket);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        }

        long start = System.nanoTime();
        assertThat(greeting()).startsWith("220 ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
        for (Socket socket : slow) {
            assertThat(endsWhileSending(socket)).isTrue();
        }
    }

    private String greeting() throws IOException {
        try (Socket socket = new Socket(mailbox.smtpHost(), mailbox.smtpPort());
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(10_000);
            return answers.readLine();
        }
    }

    /** Goes on with a byte every tenth of a second, whatever the server answers meanwhile. */
    private static boolean endsWhileSending(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException open) {
                if (!sends(socket)) {
                    return true;
                }
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    private static boolean sends(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
