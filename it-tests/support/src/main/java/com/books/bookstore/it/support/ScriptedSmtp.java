package com.books.bookstore.it.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** A mail server that is as slow and as unwilling as a test wants it, and serves several connections at the same time. Thread-safe. */
public final class ScriptedSmtp implements AutoCloseable {

    /** What the server does before it answers. An exception is its refusal. */
    public interface Script {

        default void recipient(String address) throws RejectException {}

        /** @param number of the email, from 1, in the order of arrival */
        default void mail(int number) throws RejectException {}
    }

    private static final Script WILLING = new Script() {};

    private final List<String> messageIds = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final SMTPServer server;

    /** A server that takes emails from any sender. */
    public ScriptedSmtp(int port, Script script) {
        server = builder(port, script).build();
        server.start();
    }

    /**
     * A server that takes emails from one user alone.
     *
     * @param tls empty: the server offers no encryption; else it takes nothing without it
     */
    public ScriptedSmtp(int port, String user, String password, Optional<SSLContext> tls) {
        SMTPServer.Builder builder = builder(port, WILLING)
                .requireAuth()
                .authenticationHandlerFactory(
                        new EasyAuthenticationHandlerFactory((givenUser, givenPassword, connection) -> {
                            logins.incrementAndGet();
                            if (!givenUser.equals(user) || !givenPassword.equals(password)) {
                                throw new LoginFailedException();
                            }
                        }));
        tls.ifPresent(context -> builder.enableTLS().requireTLS().startTlsSocketFactory(context));
        server = builder.build();
        server.start();
    }

    private SMTPServer.Builder builder(int port, Script script) {
        return SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .sessionHandler(new SessionHandler() {

                    @Override
                    public SessionAcceptance accept(Session session) {
                        connections.incrementAndGet();
                        return SessionAcceptance.success();
                    }

                    @Override
                    public void onSessionEnd(Session session) {
                        // Nothing is kept for it.
                    }
                })
                .messageHandlerFactory(connection -> new Conversation(script));
    }

    /** How often somebody gave a user and a password. */
    public int logins() {
        return logins.get();
    }

    /** How often somebody connected. */
    public int connections() {
        return connections.get();
    }

    /** Of all emails that arrived as a whole, also of those that were refused then. */
    public List<String> messageIds() {
        return List.copyOf(messageIds);
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Conversation implements MessageHandler {

        private final Script script;

        Conversation(Script script) {
            this.script = script;
        }

        @Override
        public void from(String address) {
            // Any sender may send.
        }

        @Override
        public void recipient(String address) throws RejectException {
            script.recipient(address);
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            int number;
            synchronized (messageIds) {
                messageIds.add(messageId(data.readAllBytes()));
                number = messageIds.size();
            }
            script.mail(number);
            return "taken";
        }

        private String messageId(byte[] mail) throws IOException {
            try {
                return new MimeMessage(null, new ByteArrayInputStream(mail)).getMessageID();
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void done() {
            // Nothing is kept for the connection.
        }
    }
}
