package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.oauth.users.RecoveryMail.Letter;
import com.books.bookstore.launcher.mailbox.Mailbox;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecoveryEmailTest {

    @Test
    void anEmailHasATextAndAnHtmlPart(@TempDir Path mails) throws Exception {
        try (Mailbox mailbox = Mailbox.start(mails, 0, 0, "https://problems.test/", Clock.systemUTC())) {
            String link =
                    "http://127.0.0.1:9764/accountrecoveryendpoint/confirmrecovery.do?confirmation=" + "a.".repeat(90);

            new RecoveryEmail(SmtpSettings.withoutSignIn(
                            mailbox.smtpHost(), mailbox.smtpPort(), "BOOKSTORE_SMTP_", "no-reply@books.com"))
                    .send("jane@example.com", new Letter("de", "Wählen", "Wählen Sie:\n" + link, "<p>Wählen Sie</p>"));

            try (Stream<Path> files = Files.list(mails);
                    InputStream content = Files.newInputStream(files.findFirst().orElseThrow())) {
                MimeMessage mail = new MimeMessage(null, content);
                assertThat(mail.getHeader("To")).containsExactly("jane@example.com");
                assertThat(mail.getHeader("From")).containsExactly("no-reply@books.com");
                assertThat(mail.getSubject()).isEqualTo("Wählen");
                assertThat(mail.getContentLanguage()).containsExactly("de");
                assertThat(mail.getContentType()).startsWith("multipart/alternative");
                MimeMultipart parts = (MimeMultipart) mail.getContent();
                assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
                assertThat(parts.getBodyPart(0).getContent().toString()).contains("Wählen Sie:", link);
                assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
                assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>Wählen Sie</p>");
            }
        }
    }
}
