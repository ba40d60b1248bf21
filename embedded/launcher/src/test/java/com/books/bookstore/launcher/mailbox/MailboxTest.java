package com.books.bookstore.launcher.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.mail.smtp.SMTPSendFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MailboxTest {

    private static final String PROBLEM_TYPES = "https://problems.test/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T06:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Mailbox mailbox;

    @BeforeEach
    void start() {
        mailbox = Mailbox.start(directory.resolve("mails"), 0, 0, PROBLEM_TYPES, CLOCK);
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    private void send(String to, String subject, String text, String html) throws MessagingException {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", mailbox.smtpHost());
        settings.setProperty("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
        MimeMessage mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom(new InternetAddress("shop@books.com"));
        mail.setRecipients(Message.RecipientType.TO, to);
        mail.setRecipients(Message.RecipientType.BCC, "archive@books.com");
        mail.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, "UTF-8", "html");
        mail.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(mail);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(mailbox.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aMailIsKeptAsAFileAndShown() throws Exception {
        send("reader@example.com", "Your order 7: \u00fcber", "Dear J\u00fcrgen", "<p>Dear <b>J\u00fcrgen</b></p>");

        try (Stream<Path> files = Files.list(directory.resolve("mails"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("000001.eml");
        }
        assertThat(get("/").body())
                .contains("Your order 7: \u00fcber", "2026-11-22 06:00:00", "reader@example.com, archive@books.com");
        assertThat(get("/mails/1").body()).contains("Dear J\u00fcrgen", "<iframe sandbox ", "src=\"/mails/1/html\"");
        assertThat(get("/mails/1/html").body()).isEqualTo("<p>Dear <b>J\u00fcrgen</b></p>");
        assertThat(get("/mails/1/raw").body()).contains("Delivered-To: archive@books.com", "multipart/alternative");
        assertThat(get("/mails/2").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
    void inEveryLanguageARestartKeepsTheEmailsOfBefore(String language) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            send("INFO@example.com", "One", "a", "<p>a</p>");
            mailbox.close();
            mailbox = Mailbox.start(directory.resolve("mails"), 0, 0, PROBLEM_TYPES, CLOCK);
            send("info@example.com", "Two", "b", "<p>b</p>");

            try (Stream<Path> files = Files.list(directory.resolve("mails"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("000001.eml", "000002.eml");
            }
            assertThat(JSON.readTree(get("/api/mails?to=info%40example.com").body())
                            .get("mails"))
                    .hasSize(2);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void programsReadJson() throws Exception {
        send("first@example.com", "One", "a", "<p>a</p>");
        send("second@example.com", "Two", "b", "<p>b</p>");

        JsonNode all = JSON.readTree(get("/api/mails").body()).get("mails");
        assertThat(all).hasSize(2);
        assertThat(all.get(0).get("subject").asText()).isEqualTo("Two");
        JsonNode ones =
                JSON.readTree(get("/api/mails?to=First%40example.com").body()).get("mails");
        assertThat(ones).hasSize(1);
        JsonNode mail = JSON.readTree(
                get("/api/mails/" + ones.get(0).get("number").asInt()).body());
        assertThat(mail.get("text").asText()).isEqualTo("a");
        assertThat(mail.get("html").asText()).isEqualTo("<p>a</p>");
        assertThat(mail.get("messageId").asText()).startsWith("<");
        JsonNode one = JSON.readTree(get("/api/mails?limit=1").body());
        assertThat(one.get("mails")).hasSize(1);
        assertThat(one.get("kept").asInt()).isEqualTo(1000);
        assertThat(get("/").body()).contains("The last 1,000 emails are kept.");
    }

    @Test
    void textFromEmailsNeverBecomesMarkupOfThePage() throws Exception {
        send(
                "reader@example.com",
                "<script>alert(1)</script>",
                "</pre><script>alert(2)</script>",
                "<script>alert(3)</script>");

        assertThat(get("/").body()).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
        assertThat(get("/?to=%22%3E%3Cscript%3E").body()).doesNotContain("<script>");
        assertThat(get("/mails/1").body()).doesNotContain("<script>").contains("&lt;script&gt;alert(2)");
        for (String page : new String[] {"/", "/mails/1", "/mails/1/html", "/mails/1/raw", "/api/mails"}) {
            assertThat(get(page).headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("script-src");
            assertThat(get(page).headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(get("/mails/1/html")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("sandbox;");
    }

    @Test
    void otherSitesCannotReadMailsUnderANameOfTheirOwn() throws Exception {
        try (Socket socket =
                new Socket(mailbox.address().getHost(), mailbox.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /api/mails HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 421");
        }
        HttpRequest post = HttpRequest.newBuilder(mailbox.address())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HTTP.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aMailThatIsTooLargeIsRefusedAndTheServerGoesOn() throws Exception {
        assertThatThrownBy(() -> send("reader@example.com", "Large", "x".repeat(11 * 1024 * 1024), ""))
                .isInstanceOf(SMTPSendFailedException.class)
                .hasMessageContaining("552");
        send("reader@example.com", "Small", "x", "");

        assertThat(JSON.readTree(get("/api/mails").body()).get("mails")).hasSize(1);
    }

    @Test
    void mailsOutliveTheServerAndNumbersGoOn() throws Exception {
        send("reader@example.com", "Before", "x", "");
        mailbox.close();
        Files.write(directory.resolve("mails/000002.eml.part"), new byte[] {1});
        mailbox = Mailbox.start(directory.resolve("mails"), 0, 0, PROBLEM_TYPES, CLOCK);
        send("reader@example.com", "After", "x", "");

        JsonNode mails = JSON.readTree(get("/api/mails").body()).get("mails");
        assertThat(mails).hasSize(2);
        assertThat(mails.get(0).get("number").asInt()).isEqualTo(2);
        assertThat(mails.get(1).get("subject").asText()).isEqualTo("Before");
    }

    @Test
    void onlyTheNewestThousandAreKept() throws IOException {
        MailStore store = new MailStore(directory.resolve("many"));
        Files.createDirectories(directory.resolve("many"));
        Files.write(directory.resolve("many/000001.eml"), new byte[] {1});
        Files.write(directory.resolve("many/001000.eml"), new byte[] {1});

        assertThat(store.add(new byte[] {1})).isEqualTo(1001);
        assertThat(store.numbers()).containsExactly(1001, 1000);
    }

    @Test
    void aPortInUseIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            Mailbox.start(directory.resolve("other"), taken.getLocalPort(), 0, PROBLEM_TYPES, CLOCK))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Cannot listen on port " + taken.getLocalPort() + " (mails)");
        }
    }
}
