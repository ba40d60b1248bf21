package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.RegistrationSettings;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;

/** Renders the templates and speaks SMTP itself. Opens a connection for each email: registrations are rare. */
public final class SmtpTransport implements MailTransport {

    private static final String TIMEOUT_MILLIS = "10000";

    private final RegistrationSettings settings;
    private final MailComposer composer;
    private final Session session;

    public SmtpTransport(RegistrationSettings settings, MailComposer composer) {
        this.settings = settings;
        this.composer = composer;
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.smtpHost());
        properties.setProperty("mail.smtp.port", String.valueOf(settings.smtpPort()));
        properties.setProperty(
                "mail.smtp.auth", String.valueOf(!settings.smtpUser().isEmpty()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.smtpStartTls()));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.smtpStartTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        try (OwnClassLoader own = new OwnClassLoader()) {
            this.session = own.session(properties);
        }
    }

    @Override
    public void send(OutgoingMail outgoing) throws MailNotSentException {
        MailMessage mail = composer.compose(outgoing.kind(), outgoing.to(), outgoing.registration(), outgoing.reason());
        try (OwnClassLoader own = new OwnClassLoader()) {
            MimeMessage message = own.message(session, "<" + outgoing.id() + "@" + domain(settings.mailFrom()) + ">");
            message.setFrom(new InternetAddress(settings.mailFrom(), true));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(outgoing.to(), true));
            message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            if (outgoing.correlationId() != null) {
                message.setHeader("X-Correlation-ID", outgoing.correlationId());
            }
            if (mail.text() == null) {
                message.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
            } else {
                message.setContent(
                        new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
            }
            if (settings.smtpUser().isEmpty()) {
                Transport.send(message);
            } else {
                Transport.send(message, settings.smtpUser(), settings.smtpPassword());
            }
        } catch (MessagingException refused) {
            throw new MailNotSentException(
                    "SMTP server " + settings.smtpHost() + ":" + settings.smtpPort() + " did not accept the email: "
                            + refused.getMessage(),
                    refused);
        }
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        return part;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    /** The mail API finds its providers through the context class loader, which in OSGi is not this bundle's. */
    private static final class OwnClassLoader implements AutoCloseable {

        private final ClassLoader callers = Thread.currentThread().getContextClassLoader();

        OwnClassLoader() {
            Thread.currentThread().setContextClassLoader(SmtpTransport.class.getClassLoader());
        }

        Session session(Properties properties) {
            return Session.getInstance(properties);
        }

        MimeMessage message(Session session, String id) {
            return new IdentifiedMessage(session, id);
        }

        @Override
        public void close() {
            Thread.currentThread().setContextClassLoader(callers);
        }
    }

    /** Keeps its Message-ID, which the mail API else makes anew at every attempt. */
    private static final class IdentifiedMessage extends MimeMessage {

        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
