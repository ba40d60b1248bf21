package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Many emails at once, which one node sends to a mail server that needs {@value #ANSWER_MILLIS} ms for each of its answers. */
final class EmailBurst {

    static final int ANSWER_MILLIS = 50;

    private static final int WARM_UP = 200;
    private static final int POLL_MILLIS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * How long the emails took.
     *
     * @param seconds   from their commit to the last one's, with the time until the task begins
     * @param perSecond from the first that was sent to the last
     */
    record Result(double seconds, double perSecond) {}

    private EmailBurst() {}

    /**
     * Starts a node and gives it the confirmations of the latest orders to send.
     *
     * @throws IllegalStateException if they are not sent within {@link #LIMIT}, or the node ends
     */
    static Result send(Path project, LoadDatabase database, TokenIssuer issuer, int emails)
            throws IOException, SQLException, InterruptedException {
        try (SlowSmtp smtp = new SlowSmtp(Duration.ofMillis(ANSWER_MILLIS));
                Connection connection = database.database().dataSource().getConnection()) {
            database.forgetEmails();
            try (ServerJvm server = ServerJvm.start(
                    MeasuredSystem.BOOKSTORE,
                    project,
                    database.database(),
                    issuer,
                    List.of(
                            "-D" + ServerMain.SMTP_PREFIX + "HOST=127.0.0.1",
                            "-D" + ServerMain.SMTP_PREFIX + "PORT=" + smtp.port()))) {
                // Keys are unique, and a kept shop has those of earlier runs.
                String run = UUID.randomUUID().toString().substring(0, 8);
                burst(server, connection, "warm-up-" + run, WARM_UP);
                return burst(server, connection, "burst-" + run, emails);
            }
        }
    }

    private static Result burst(ServerJvm server, Connection connection, String name, int emails)
            throws SQLException, InterruptedException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document,"
                        + " created_at, next_attempt_at) SELECT CONCAT('order-', order_id, ?), 'order_placed', user_email,"
                        + " CONCAT(order_id, ?, '@books.com'), document, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)"
                        + " FROM order_documents ORDER BY order_id DESC LIMIT ?")) {
            insert.setString(1, "-" + name);
            insert.setString(2, "-" + name);
            insert.setInt(3, emails);
            insert.executeUpdate();
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*), SUM(status = 'sent'),"
                + " TIMESTAMPDIFF(MICROSECOND, MIN(created_at), MAX(sent_at)) / 1e6,"
                + " TIMESTAMPDIFF(MICROSECOND, MIN(sent_at), MAX(sent_at)) / 1e6"
                + " FROM (SELECT status, created_at, sent_at, message_id FROM mail_outbox ORDER BY mail_id DESC LIMIT ?) AS m"
                + " WHERE message_id LIKE ?")) {
            query.setInt(1, emails + WARM_UP);
            query.setString(2, "%-" + name + "@books.com");
            long end = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < end && server.process().isAlive()) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    int sent = row.getInt(2);
                    if (sent == row.getInt(1)) {
                        return new Result(row.getDouble(3), sent / row.getDouble(4));
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
            throw new IllegalStateException("The emails were not sent within " + LIMIT.toMinutes() + " minutes");
        }
    }
}
