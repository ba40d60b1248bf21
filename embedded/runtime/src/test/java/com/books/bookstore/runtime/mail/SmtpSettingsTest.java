package com.books.bookstore.runtime.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SmtpSettingsTest {

    private static Properties properties(boolean startTls, String user) {
        return new SmtpSettings(
                        "mail.example.com", 587, user, "secret", startTls, "shop@example.com", Duration.ofSeconds(7))
                .toMailProperties();
    }

    /** With the first alone JavaMail goes on without encryption, and takes any certificate. */
    @Test
    void startTlsIsRequiredAndTheHostNameChecked() {
        assertThat(properties(true, null))
                .containsEntry("mail.smtp.starttls.enable", "true")
                .containsEntry("mail.smtp.starttls.required", "true")
                .containsEntry("mail.smtp.ssl.checkserveridentity", "true")
                .doesNotContainKey("mail.smtp.auth");
    }

    @Test
    void everyAnswerHasATimeoutAndAUserSignsIn() {
        assertThat(properties(false, "shop"))
                .containsEntry("mail.smtp.timeout", "7000")
                .containsEntry("mail.smtp.writetimeout", "7000")
                .containsEntry("mail.smtp.auth", "true")
                .containsEntry("mail.smtp.user", "shop")
                .doesNotContainKey("mail.smtp.starttls.enable");
    }
}
