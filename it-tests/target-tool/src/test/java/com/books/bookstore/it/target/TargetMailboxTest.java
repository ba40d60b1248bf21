package com.books.bookstore.it.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import java.util.Map;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TargetMailboxTest {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));

    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
        var jane = SERVER.setUser("jane@example.com", "jane", "secret");
        for (String subject : new String[] {
            "Your order 1 at books.com", "Your order 1 at books.com is completed", "Your order 11 at books.com"
        }) {
            MimeMessage mail = new MimeMessage((javax.mail.Session) null);
            mail.setRecipient(javax.mail.Message.RecipientType.TO, new InternetAddress("jane@example.com"));
            mail.setSubject(subject);
            mail.setHeader("X-Correlation-ID", "of " + subject);
            mail.setText("Thank you.");
            mail.saveChanges();
            jane.deliver(mail);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void aMailIsFoundByItsWholeSubjectAndItsRecipient() {
        TargetMailbox mailbox = mailbox("secret");
        assertThat(mailbox.headersOf("jane@example.com", "Your order 1 at books.com"))
                .singleElement()
                .satisfies(headers ->
                        assertThat(headers).containsEntry("X-Correlation-ID", "of Your order 1 at books.com"));
        assertThat(mailbox.headersOf("john@example.com", "Your order 1 at books.com"))
                .isEmpty();
        assertThat(mailbox.headersOf("jane@example.com", "Your order 2 at books.com"))
                .isEmpty();
    }

    @Test
    void aMailboxThatCannotBeReadIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> mailbox("canary").headersOf("jane@example.com", "x"))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> TargetMailbox.of(settings(Map.of("mailbox", "pop3://host"))))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("imaps://");
    }

    private static TargetMailbox mailbox(String password) {
        return TargetMailbox.of(settings(Map.of(
                "mailbox",
                "imap://127.0.0.1:" + SERVER.getImap().getPort() + "/INBOX",
                "mailbox.user",
                "jane",
                "mailbox.password",
                password)));
    }

    private static TargetSettings settings(Map<String, String> options) {
        return TargetSettings.of("http://localhost:1", options, Path.of("."), name -> null);
    }
}
