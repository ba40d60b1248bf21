package com.books.bookstore.runtime.mail;

import com.books.bookstore.runtime.RuntimeStartException;
import java.util.Optional;
import java.util.Properties;

/**
 * The SMTP server that mails are handed to. Micro Integrator has the same in {@code [[transport.blocking.mail.sender]]}.
 *
 * @param user     null: the server wants no sign-in
 * @param password null if there is no user
 * @param startTls whether the connection must be encrypted, by a certificate that is valid for {@code host}, before anything is sent
 * @param from     sender of mails that name none themselves
 */
public record SmtpSettings(String host, int port, String user, String password, boolean startTls, String from) {

    public static final String HOST = "BOOKSTORE_SMTP_HOST";
    public static final String PORT = "BOOKSTORE_SMTP_PORT";

    private static final String DEFAULT_FROM = "no-reply@books.com";
    /** A server that does not answer must not hold a sequence for ever, which is JavaMail's default. */
    private static final String CONNECT_TIMEOUT_MILLIS = "10000";
    private static final String READ_TIMEOUT_MILLIS = "20000";

    /**
     * The settings {@code BOOKSTORE_SMTP_HOST}, {@code .._PORT} (25), {@code .._USER}, {@code .._PASSWORD}, {@code .._STARTTLS} (false) and
     * {@code BOOKSTORE_MAIL_FROM}: of each the system property, else the environment variable.
     *
     * @return empty if there is no host
     * @throws RuntimeStartException if the port is no port
     */
    public static Optional<SmtpSettings> ofEnvironment() {
        String host = setting(HOST, "");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String user = setting("BOOKSTORE_SMTP_USER", null);
        return Optional.of(new SmtpSettings(host, port(setting(PORT, "25")), user,
                user == null ? null : setting("BOOKSTORE_SMTP_PASSWORD", ""),
                Boolean.parseBoolean(setting("BOOKSTORE_SMTP_STARTTLS", "false")), setting("BOOKSTORE_MAIL_FROM", DEFAULT_FROM)));
    }

    /** A server that takes mails from anybody; {@code BOOKSTORE_MAIL_FROM} is the sender here, too. */
    public static SmtpSettings withoutSignIn(String host, int port) {
        return new SmtpSettings(host, port, null, null, false, setting("BOOKSTORE_MAIL_FROM", DEFAULT_FROM));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new RuntimeStartException("BOOKSTORE_SMTP_PORT is " + text + ", which is no port");
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
        properties.setProperty("mail.smtp.timeout", READ_TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", READ_TIMEOUT_MILLIS);
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
