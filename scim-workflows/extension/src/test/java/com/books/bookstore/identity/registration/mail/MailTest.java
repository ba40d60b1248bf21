package com.books.bookstore.identity.registration.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.Registration;
import com.books.bookstore.identity.registration.RegistrationSettings;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailTest {

    private static final Registration ANNA =
            new Registration("r-1", "PRIMARY", "anna", "anna@example.com", "Anna <script>&\"'");
    private static final OutgoingMail APPROVAL =
            new OutgoingMail(MailKind.APPROVED, "anna@example.com", ANNA, null, "carbon.super", "c-1");

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void everyBuiltInTemplateIsFilledAndEscaped(MailKind kind) {
        MailMessage mail =
                new MailComposer(null, "https://shop.example").compose(kind, "to@example.com", ANNA, "No <b>way</b>");

        assertThat(mail.subject()).isNotEmpty().doesNotContain("{{").doesNotContain("\n");
        assertThat(mail.html())
                .contains("Anna &lt;script&gt;&amp;&quot;&#39;")
                .doesNotContain("{{")
                .doesNotContain("<script>")
                .doesNotContain("<b>way")
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains(">books.com</strong>");
        assertThat(mail.text())
                .contains("Anna <script>&\"'")
                .doesNotContain("{{")
                .doesNotContain("<p>")
                .endsWith("\nbooks.com\n");
    }

    @Test
    void linksLeadToTheShopIfItsAddressIsKnown() {
        MailComposer composer = new MailComposer(null, "https://shop.example");
        MailMessage approved = composer.compose(MailKind.APPROVED, "a@b.org", ANNA, null);
        assertThat(approved.html()).contains("<a href=\"https://shop.example\">sign in at books.com</a>");
        assertThat(approved.text()).contains("Sign in: https://shop.example\n");
        MailMessage waiting = composer.compose(MailKind.WAITING, "a@b.org", ANNA, null);
        assertThat(waiting.html()).contains("<a href=\"https://shop.example/registrations\">");
        assertThat(waiting.text()).contains("https://shop.example/registrations\n");

        MailMessage without = new MailComposer(null, "").compose(MailKind.APPROVED, "a@b.org", ANNA, null);
        assertThat(without.html())
                .contains("You can now sign in at books.com as")
                .doesNotContain("href");
        assertThat(without.text()).doesNotContain("Sign in:");
    }

    @Test
    void aRejectionSaysWhyOrThatNoReasonWasGiven() {
        MailComposer composer = new MailComposer(null, "https://shop.example");

        assertThat(composer.compose(MailKind.REJECTED, "a@b.org", ANNA, "We do not deliver there.")
                        .html())
                .contains("We do not deliver there.");
        assertThat(composer.compose(MailKind.REJECTED, "a@b.org", ANNA, " ").html())
                .contains("No reason was given.");
    }

    @Test
    void aNameCannotAddHeaders() {
        Registration forged = new Registration("r-1", "PRIMARY", "anna\r\nBcc: all@example.com", "a@b.org", null);

        assertThat(new MailComposer(null, "https://shop.example")
                        .compose(MailKind.WAITING, "a@b.org", forged, null)
                        .subject())
                .doesNotContain("\r")
                .doesNotContain("\n");
    }

    @Test
    void templatesOfTheAdministratorReplaceTheBuiltInOnes(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("approved.html"), "Hello {{userName}}\n<p>Hi {{userName}}</p>");
        Files.writeString(directory.resolve("rejected.html"), "Subject\n{{password}}");
        MailComposer composer = new MailComposer(directory, "");

        assertThat(composer.compose(MailKind.APPROVED, "a@b.org", ANNA, null).html())
                .isEqualTo("<p>Hi anna</p>");
        assertThat(composer.compose(MailKind.APPROVED, "a@b.org", ANNA, null).text())
                .isNull();
        Files.writeString(directory.resolve("approved.txt"), "Hi {{userName}} & co");
        assertThat(composer.compose(MailKind.APPROVED, "a@b.org", ANNA, null).text())
                .isEqualTo("Hi anna & co");
        assertThat(composer.compose(MailKind.RECEIVED, "a@b.org", ANNA, null).subject())
                .startsWith("We have received");
        assertThatThrownBy(() -> composer.compose(MailKind.REJECTED, "a@b.org", ANNA, null))
                .hasMessageContaining("rejected.html")
                .hasMessageContaining("password");
    }

    @Test
    void smtpDeliversTheMail() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            transport(server.getSmtp().getPort()).send(APPROVAL);

            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Welcome to books.com");
            assertThat(mail.getFrom()[0]).hasToString("shop@books.com");
            assertThat(mail.getAllRecipients()[0]).hasToString("anna@example.com");
            assertThat(mail.getContentType()).startsWith("multipart/alternative");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
            assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(mail.getHeader("X-Correlation-ID")).containsExactly("c-1");
            assertThat(mail.getMessageID()).isEqualTo("<" + APPROVAL.id() + "@books.com>");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerThatWantsASignInGetsIt() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("shop", "right password");
        server.start();
        try {
            int port = server.getSmtp().getPort();
            assertThatThrownBy(() -> transport(port, "wrong password").send(APPROVAL))
                    .isInstanceOf(MailNotSentException.class)
                    .hasMessageNotContaining("wrong password");
            assertThat(server.getReceivedMessages()).isEmpty();

            transport(port, "right password").send(APPROVAL);

            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void nothingGoesToAServerThatDoesNotEncryptWhenItHasTo() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            Properties properties = properties(server.getSmtp().getPort());
            properties.setProperty(RegistrationSettings.SMTP_STARTTLS, "true");
            assertThatThrownBy(() -> transport(properties).send(APPROVAL))
                    .isInstanceOf(MailNotSentException.class)
                    .hasMessageContaining("STARTTLS is required");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void anAbsentServerIsNamedWithoutTheMail() {
        assertThatThrownBy(() -> transport(1).send(APPROVAL))
                .isInstanceOf(MailNotSentException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private static SmtpTransport transport(int port) {
        return transport(properties(port));
    }

    private static SmtpTransport transport(int port, String password) {
        Properties properties = properties(port);
        properties.setProperty(RegistrationSettings.SMTP_USER, "shop");
        properties.setProperty(RegistrationSettings.SMTP_PASSWORD, password);
        return transport(properties);
    }

    private static SmtpTransport transport(Properties properties) {
        return new SmtpTransport(RegistrationSettings.from(properties), new MailComposer(null, "https://shop.example"));
    }

    private static Properties properties(int port) {
        Properties properties = new Properties();
        properties.setProperty(RegistrationSettings.SMTP_HOST, "127.0.0.1");
        properties.setProperty(RegistrationSettings.SMTP_PORT, String.valueOf(port));
        properties.setProperty(RegistrationSettings.MAIL_FROM, "shop@books.com");
        return properties;
    }
}
