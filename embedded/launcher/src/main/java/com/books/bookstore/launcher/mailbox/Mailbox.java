package com.books.bookstore.launcher.mailbox;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.HttpOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server that takes every email and delivers none, and a page that shows them; both on the loopback interface only.
 *
 * <p>Thread-safe once started.
 */
public final class Mailbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private static final int MAX_MAIL_BYTES = 10 * 1024 * 1024;
    private static final int MAX_RECIPIENTS = 100;
    /** Each has a thread of its own. */
    private static final int MAX_CONNECTIONS = 200;

    private static final Duration SESSION_TIME = Duration.ofMinutes(1);
    private static final int PAGE_THREADS = 8;
    private static final int MAX_REQUEST_BYTES = 4096;

    private final SMTPServer smtp;
    private final SessionDeadline deadline;
    private final HttpFrontEnd page;

    private Mailbox(SMTPServer smtp, SessionDeadline deadline, HttpFrontEnd page) {
        this.smtp = smtp;
        this.deadline = deadline;
        this.page = page;
    }

    /**
     * Starts both.
     *
     * @param directory where the emails are kept
     * @param smtpPort  0 for any free one
     * @param pagePort  0 for any free one
     * @param problemTypes what the types of its problem documents begin with
     * @throws StartException in one line, if a port cannot be bound
     */
    public static Mailbox start(Path directory, int smtpPort, int pagePort, String problemTypes, Clock clock) {
        return start(directory, smtpPort, pagePort, problemTypes, clock, SESSION_TIME);
    }

    /** @param sessionTime after which an SMTP connection is closed, whatever its client does */
    static Mailbox start(
            Path directory, int smtpPort, int pagePort, String problemTypes, Clock clock, Duration sessionTime) {
        MailStore store = new MailStore(directory);
        HttpFrontEnd page = new HttpFrontEnd(
                new HttpOptions("mailbox", "localhost", pagePort, PAGE_THREADS, MAX_REQUEST_BYTES, problemTypes),
                new MailboxPage(store)::answer);
        SessionDeadline deadline = new SessionDeadline(sessionTime);
        try {
            SMTPServer smtp = SMTPServer.port(smtpPort)
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .hostName("localhost")
                    .softwareName("books.com mailbox")
                    .maxMessageSize(MAX_MAIL_BYTES)
                    .maxRecipients(MAX_RECIPIENTS)
                    .maxConnections(MAX_CONNECTIONS)
                    .sessionHandler(deadline)
                    .messageHandlerFactory(connection -> new Delivery(connection, store, clock))
                    .build();
            smtp.start();
            return new Mailbox(smtp, deadline, page);
        } catch (RuntimeException e) {
            deadline.close();
            page.close();
            throw new StartException("Cannot listen on port " + smtpPort + " (mails): " + e.getMessage(), e);
        }
    }

    public String smtpHost() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    /** Where the emails are shown. */
    public URI address() {
        return page.baseUri();
    }

    @Override
    public void close() {
        smtp.stop();
        deadline.close();
        page.close();
    }

    /** One email on its way in. Confined to its connection's thread. */
    private static final class Delivery implements MessageHandler {

        private final MessageContext connection;
        private final MailStore store;
        private final Clock clock;
        private final List<String> recipients = new ArrayList<>();
        private String sender = "";

        Delivery(MessageContext connection, MailStore store, Clock clock) {
            this.connection = connection;
            this.store = store;
            this.clock = clock;
        }

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) {
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            ByteArrayOutputStream mail = new ByteArrayOutputStream();
            mail.writeBytes(envelope().getBytes(StandardCharsets.UTF_8));
            byte[] content = data.readNBytes(MAX_MAIL_BYTES + 1);
            if (content.length > MAX_MAIL_BYTES) {
                // To its end, or the rest would be taken for commands.
                data.transferTo(OutputStream.nullOutputStream());
                throw new RejectException(552, "The email is larger than " + MAX_MAIL_BYTES + " bytes");
            }
            mail.writeBytes(content);
            try {
                return "Kept as email " + store.add(mail.toByteArray());
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "An email from {} was refused, because it cannot be stored: {}",
                        connection.getRemoteAddress(),
                        e.toString());
                throw new RejectException(452, "The email cannot be stored");
            }
        }

        /** What only the sender's commands say, as delivery agents note it. */
        private String envelope() {
            StringBuilder lines =
                    new StringBuilder("Return-Path: <").append(oneLine(sender)).append(">\r\n");
            for (String recipient : recipients) {
                lines.append(ReceivedMail.DELIVERED_TO)
                        .append(": ")
                        .append(oneLine(recipient))
                        .append("\r\n");
            }
            return lines.append(ReceivedMail.RECEIVED_AT)
                    .append(": ")
                    .append(clock.instant())
                    .append("\r\n")
                    .toString();
        }

        private static String oneLine(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }

        @Override
        public void done() {
            // Every email has its own handler: nothing to reset.
        }
    }
}
