package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MailsCommandTest {

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeMails() throws IOException {
        Files.createDirectories(data.resolve("mails"));
        write(1, "first@example.com", "Your order 1");
        write(2, "second@example.com", "Your order 2");
    }

    private void write(int number, String to, String subject) throws IOException {
        Files.writeString(
                data.resolve("mails/00000" + number + ".eml"),
                "Delivered-To: " + to + "\r\nX-Received-At: 2026-11-22T06:00:0" + number
                        + "Z\r\nFrom: shop@books.com\r\nTo: " + to + "\r\nSubject: " + subject
                        + "\r\nContent-Type: text/plain\r\n\r\nThank you.\u001b[31m\r\n");
    }

    private int run(String... arguments) {
        CommandLine commandLine = BookstoreCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void listsTheNewestFirst() {
        assertThat(run("mails", "--data-dir", data.toString())).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "    2  2026-11-22 06:00:02  second@example.com              Your order 2",
                        "    1  2026-11-22 06:00:01  first@example.com               Your order 1");
    }

    @Test
    void showsOneWithoutWhatCouldSteerTheTerminal() {
        assertThat(run("mails", "--to", "FIRST@example.com", "--last", "--data-dir", data.toString()))
                .isZero();

        assertThat(out.toString())
                .contains("Subject: Your order 1")
                .endsWith("Thank you.?[31m" + System.lineSeparator());
        assertThat(run("mails", "2", "--data-dir", data.toString())).isZero();
        assertThat(out.toString()).contains("Subject: Your order 2");
    }

    @Test
    void aMailThatIsNotThereIsOneLine() {
        assertThat(run("mails", "3", "--data-dir", data.toString())).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("bookstore: There is no email 3");

        assertThat(run("mails", "--data-dir", data.resolve("empty").toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("There are no emails");
    }
}
