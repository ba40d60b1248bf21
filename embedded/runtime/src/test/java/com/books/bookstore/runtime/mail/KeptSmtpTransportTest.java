package com.books.bookstore.runtime.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptSmtpTransportTest {

    private final SmtpStub server = new SmtpStub();
    private final Session session = session();

    private Session session() {
        Properties properties = SmtpSettings.withoutSignIn("127.0.0.1", server.port(), "NO_SUCH_", "shop@books.com")
                .toMailProperties();
        properties.setProperty(KeptSmtpTransport.PROTOCOL_PROPERTY, KeptSmtpTransport.PROTOCOL);
        return Session.getInstance(properties);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void emailsOneAfterTheOtherShareAConnection() throws Exception {
        send("a@books.com");
        send("b@books.com");
        send("c@books.com");

        assertThat(server.recipients).containsExactly("1 a@books.com", "1 b@books.com", "1 c@books.com");
    }

    @Test
    void aConnectionThatTheServerEndedIsReplaced() throws Exception {
        send("a@books.com");
        server.endConnections();
        send("b@books.com");

        assertThat(server.recipients).containsExactly("1 a@books.com", "2 b@books.com");
    }

    @Test
    void afterAFailureTheConnectionIsNotKept() throws Exception {
        send("a@books.com");
        assertThatThrownBy(() -> send("refused@books.com")).isInstanceOf(MessagingException.class);
        send("b@books.com");

        assertThat(server.recipients).containsExactly("1 a@books.com", "1 refused@books.com", "2 b@books.com");
    }

    private void send(String recipient) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("shop@books.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setText("Dear reader");
        Transport.send(message);
    }

    /** Notes for each recipient the number of its connection. */
    private static final class SmtpStub implements AutoCloseable {

        final List<String> recipients = new CopyOnWriteArrayList<>();
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final ServerSocket server;

        SmtpStub() {
            try {
                server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work, "smtp-stub");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    int number = sockets.size();
                    start(() -> serve(socket, number));
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        private void serve(Socket socket, int number) {
            try (socket) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream();
                answer(out, "220 stub");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("RCPT")) {
                        recipients.add(number + " " + line.replaceAll(".*<|>.*", ""));
                    }
                    answer(out, line.contains("refused") ? "550 5.1.1 no" : line.equals("DATA") ? "354 go" : "250 ok");
                    while (line.equals("DATA")) {
                        if (in.readLine().equals(".")) {
                            answer(out, "250 taken");
                            break;
                        }
                    }
                }
            } catch (IOException e) {
                // The client or the test has closed it.
            }
        }

        private static void answer(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void endConnections() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            endConnections();
            server.close();
        }
    }
}
