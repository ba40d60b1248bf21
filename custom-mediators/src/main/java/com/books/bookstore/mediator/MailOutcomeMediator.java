package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.MessageProperties;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Writes one line into the log for what became of an email.
 *
 * <p>In: {@link MessageProperties#RESULT} (column outcome: sent, waiting, dead or lost), {@link MessageProperties#MAIL_ID},
 * {@link MessageProperties#MAIL_ERROR}, {@link MessageProperties#CORRELATION_ID}. The line contains no email address. Thread-safe.
 */
public class MailOutcomeMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        message.setProperty(MessageProperties.MAIL_RECORDED, "true");
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        String correlationId = text(message, MessageProperties.CORRELATION_ID);
        String mail = "Email " + text(message, MessageProperties.MAIL_ID)
                + (correlationId.isEmpty() ? "" : " (correlation ID " + correlationId + ")");
        switch (rows.isEmpty() ? "" : rows.get(0).getOrDefault("outcome", "")) {
            case "sent":
                log.info(mail + " was sent");
                break;
            case "waiting":
                log.warn(mail + " was not sent and will be retried: " + text(message, MessageProperties.MAIL_ERROR));
                break;
            case "dead":
                log.error(mail + " was not sent and will not be retried. To send it, call POST /mails/v1/mails/"
                        + text(message, MessageProperties.MAIL_ID) + "/requeue. Cause: "
                        + text(message, MessageProperties.MAIL_ERROR));
                break;
            default:
                log.warn(mail
                        + " took longer than its lease and may be sent twice. Increase BOOKSTORE_MAIL_LEASE_SECONDS");
                break;
        }
    }
}
