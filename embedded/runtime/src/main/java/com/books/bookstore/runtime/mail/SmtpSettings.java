package com.books.bookstore.runtime.mail;

import com.books.bookstore.embedded.Settings;
import com.books.bookstore.embedded.StartException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * The SMTP server that sends emails. Micro Integrator has the same settings in {@code [[transport.blocking.mail.sender]]}.
 *
 * @param user     null: the server wants no sign-in
 * @param password null if there is no user
 * @param startTls whether the connection must be encrypted, by a certificate that is valid for {@code host}, before anything is sent
 * @param from     sender of emails that do not name one
 * @param timeout  how long each answer of the server may take; without it JavaMail, and with it the sequence, would wait for ever
 */
public record SmtpSettings(
        String host, int port, String user, String password, boolean startTls, String from, Duration timeout) {

    private static final String CONNECT_TIMEOUT_MILLIS = "10000";
    private static final int DEFAULT_PORT = 25;
    private static final int DEFAULT_TIMEOUT_SECONDS = 20;
    private static final int MAX_TIMEOUT_SECONDS = 600;

    /**
     * Reads settings whose names begin with a prefix and end with {@code HOST}, {@code PORT} (25), {@code USER}, {@code PASSWORD},
     * {@code STARTTLS} (false) and {@code TIMEOUT_SECONDS} (20): of each the system property, else the environment variable.
     *
     * @param prefix such as {@code SHOP_SMTP_}
     * @return empty if there is no host
     * @throws StartException if the port is not a port, or the timeout is not from 1 to 600
     */
    public static Optional<SmtpSettings> of(String prefix, String from) {
        Optional<String> user = Settings.value(prefix + "USER");
        return Settings.value(prefix + "HOST")
                .map(host -> new SmtpSettings(
                        host,
                        Settings.number(prefix + "PORT", DEFAULT_PORT, 0, 65535),
                        user.orElse(null),
                        user.map(name -> Settings.value(prefix + "PASSWORD").orElse(""))
                                .orElse(null),
                        Settings.value(prefix + "STARTTLS")
                                .map(Boolean::parseBoolean)
                                .orElse(false),
                        from,
                        timeout(prefix)));
    }

    /** A server that wants neither sign-in nor encryption; only {@code TIMEOUT_SECONDS} is read from the settings. */
    public static SmtpSettings withoutSignIn(String host, int port, String prefix, String from) {
        return new SmtpSettings(host, port, null, null, false, from, timeout(prefix));
    }

    private static Duration timeout(String prefix) {
        return Duration.ofSeconds(
                Settings.number(prefix + "TIMEOUT_SECONDS", DEFAULT_TIMEOUT_SECONDS, 1, MAX_TIMEOUT_SECONDS));
    }

    /** As JavaMail names them. The sender is not among them: Apache's transport would prefer it to that of the email. */
    public Properties toMailProperties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host);
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", Long.toString(timeout.toMillis()));
        properties.setProperty("mail.smtp.writetimeout", Long.toString(timeout.toMillis()));
        if (startTls) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
            properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        }
        if (user != null) {
            properties.setProperty("mail.smtp.auth", "true");
            properties.setProperty("mail.smtp.user", user);
            properties.setProperty("mail.smtp.password", password);
        }
        return properties;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
