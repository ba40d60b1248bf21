package com.books.bookstore.runtime.mail;

import com.sun.mail.smtp.SMTPTransport;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.mail.Address;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.URLName;

/**
 * An SMTP connection that is kept for the next email of its session for a few seconds. JavaMail makes one of these for each email and closes it
 * afterwards; a session uses it by {@value #PROTOCOL_PROPERTY} = {@value #PROTOCOL}, with the settings of {@code mail.smtp}. A kept connection
 * is checked before it is used, and given up after a failure. Sessions may be shared by threads, a transport may not.
 */
public final class KeptSmtpTransport extends Transport {

    /** As {@code META-INF/javamail.providers} calls it. */
    static final String PROTOCOL = "kept-smtp";

    static final String PROTOCOL_PROPERTY = "mail.transport.protocol.rfc822";

    private static final int KEEP_SECONDS = 5;
    /** Mail servers limit how many emails a connection takes. */
    private static final int MOST_EMAILS = 50;

    private static final Executor LATER = CompletableFuture.delayedExecutor(KEEP_SECONDS, TimeUnit.SECONDS);
    private static final Map<Session, Deque<Connection>> IDLE = Collections.synchronizedMap(new WeakHashMap<>());

    private Connection connection;

    public KeptSmtpTransport(Session session, URLName address) {
        super(session, address);
    }

    private static final class Connection {

        private final SMTPTransport smtp;
        private int emails;
        private long idleSince;

        Connection(SMTPTransport smtp) {
            this.smtp = smtp;
        }

        void close() {
            try {
                smtp.close();
            } catch (MessagingException e) {
                // It is closed; only the server's goodbye is missing.
            }
        }
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        connection = kept();
        if (connection == null) {
            SMTPTransport smtp = new SMTPTransport(session, null);
            smtp.connect();
            connection = new Connection(smtp);
        }
        return true;
    }

    private Connection kept() {
        Deque<Connection> idle = idle();
        while (true) {
            Connection last;
            synchronized (idle) {
                last = idle.pollLast();
            }
            if (last == null || last.smtp.isConnected()) {
                return last;
            }
        }
    }

    private Deque<Connection> idle() {
        return IDLE.computeIfAbsent(session, any -> new ArrayDeque<>());
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        boolean sent = false;
        try {
            connection.smtp.sendMessage(message, addresses);
            connection.emails++;
            sent = true;
        } finally {
            if (!sent) {
                connection.close();
                connection = null;
            }
        }
    }

    @Override
    public synchronized void close() throws MessagingException {
        if (connection != null) {
            keep(connection);
            connection = null;
        }
        super.close();
    }

    private void keep(Connection used) {
        if (used.emails == 0 || used.emails >= MOST_EMAILS) {
            used.close();
            return;
        }
        used.idleSince = System.nanoTime();
        Deque<Connection> idle = idle();
        synchronized (idle) {
            idle.addLast(used);
        }
        LATER.execute(() -> closeOld(idle));
    }

    private static void closeOld(Deque<Connection> idle) {
        Deque<Connection> old = new ArrayDeque<>();
        synchronized (idle) {
            for (Iterator<Connection> all = idle.iterator(); all.hasNext(); ) {
                Connection each = all.next();
                if (System.nanoTime() - each.idleSince >= TimeUnit.SECONDS.toNanos(KEEP_SECONDS)) {
                    all.remove();
                    old.add(each);
                }
            }
        }
        old.forEach(Connection::close);
    }
}
