package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.launcher.mailbox.Mailbox;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecoveryEmailTest {

    @Test
    void anEmailHasTheWholeLinkAndSaysHowLongItIsValid(@TempDir Path mails) throws Exception {
        try (Mailbox mailbox = Mailbox.start(mails, 0, 0, "https://problems.test/", Clock.systemUTC())) {
            String link =
                    "http://127.0.0.1:9764/accountrecoveryendpoint/confirmrecovery.do?confirmation=" + "a.".repeat(90);

            new RecoveryEmail(SmtpSettings.withoutSignIn(
                            mailbox.smtpHost(), mailbox.smtpPort(), "BOOKSTORE_SMTP_", "no-reply@books.com"))
                    .send("jane@example.com", link, 60);

            try (Stream<Path> files = Files.list(mails)) {
                assertThat(Files.readString(files.findFirst().orElseThrow()))
                        .contains("To: jane@example.com", "From: no-reply@books.com", link, "60 minutes");
            }
        }
    }
}
