package com.books.bookstore.runtime.mail;

import com.books.bookstore.runtime.RuntimeStartException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * The SMTP server that mails are handed to. Micro Integrator has the same in {@code [[transport.blocking.mail.sender]]}.
 *
 * @param user     null: the server wants no sign-in
 * @param password null if there is no user
 * @param startTls whether the connection must be encrypted, by a certificate that is valid for {@code host}, before anything is sent
 * @param from     sender of mails that name none themselves
 * @param timeout  how long each answer of the server may take; JavaMail's default is for ever, and a sequence would be held as long
 */
public record SmtpSettings(
        String host, int port, String user, String password, boolean startTls, String from, Duration timeout) {

    public static final String HOST = "BOOKSTORE_SMTP_HOST";
    public static final String PORT = "BOOKSTORE_SMTP_PORT";

    private static final String DEFAULT_FROM = "no-reply@books.com";
    private static final String CONNECT_TIMEOUT_MILLIS = "10000";
    private static final String TIMEOUT_SECONDS = "BOOKSTORE_SMTP_TIMEOUT_SECONDS";
    private static final String DEFAULT_TIMEOUT_SECONDS = "20";
    private static final int MAX_TIMEOUT_SECONDS = 600;

    /**
     * The settings {@code BOOKSTORE_SMTP_HOST}, {@code .._PORT} (25), {@code .._USER}, {@code .._PASSWORD}, {@code .._STARTTLS} (false),
     * {@code .._TIMEOUT_SECONDS} (20) and {@code BOOKSTORE_MAIL_FROM}: of each the system property, else the environment variable.
     *
     * @return empty if there is no host
     * @throws RuntimeStartException if the port is no port, or the timeout not from 1 to 600
     */
    public static Optional<SmtpSettings> ofEnvironment() {
        String host = setting(HOST, "");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String user = setting("BOOKSTORE_SMTP_USER", null);
        return Optional.of(new SmtpSettings(
                host,
                number(PORT, "25", 0, 65535),
                user,
                user == null ? null : setting("BOOKSTORE_SMTP_PASSWORD", ""),
                Boolean.parseBoolean(setting("BOOKSTORE_SMTP_STARTTLS", "false")),
                setting("BOOKSTORE_MAIL_FROM", DEFAULT_FROM),
                configuredTimeout()));
    }

    /** A server that takes mails from anybody; {@code BOOKSTORE_MAIL_FROM} is the sender here, too. */
    public static SmtpSettings withoutSignIn(String host, int port) {
        return new SmtpSettings(
                host, port, null, null, false, setting("BOOKSTORE_MAIL_FROM", DEFAULT_FROM), configuredTimeout());
    }

    private static Duration configuredTimeout() {
        return Duration.ofSeconds(number(TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS, 1, MAX_TIMEOUT_SECONDS));
    }

    private static int number(String name, String fallback, int minimum, int maximum) {
        String text = setting(name, fallback);
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < minimum || Integer.parseInt(text) > maximum) {
            throw new RuntimeStartException(
                    name + " is " + text + ", which is no number from " + minimum + " to " + maximum);
        }
        return Integer.parseInt(text);
    }

    private static String setting(String name, String fallback) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            value = System.getenv(name);
        }
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    /** As JavaMail names them. The sender is not among them: Apache's transport would prefer it to the mail's own. */
    Properties toMailProperties() {
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
