package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.MessageProperties;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Writes one line into the log for what became of a mail.
 *
 * <p>In: {@link MessageProperties#RESULT} (column outcome: sent, waiting, dead or lost), {@link MessageProperties#MAIL_ID},
 * {@link MessageProperties#MAIL_ERROR}, {@link MessageProperties#CORRELATION_ID}. Nobody's address is in the line. Thread-safe.
 */
public class MailOutcomeMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        String correlationId = text(message, MessageProperties.CORRELATION_ID);
        String mail = "Mail " + text(message, MessageProperties.MAIL_ID)
                + (correlationId.isEmpty() ? "" : ", correlation id " + correlationId);
        switch (rows.isEmpty() ? "" : rows.get(0).getOrDefault("outcome", "")) {
            case "sent":
                log.info(mail + " was sent");
                break;
            case "waiting":
                log.warn(
                        mail + " was not sent and will be tried again: " + text(message, MessageProperties.MAIL_ERROR));
                break;
            case "dead":
                log.error(mail + " was not sent and is given up; POST /mails/v1/mails/"
                        + text(message, MessageProperties.MAIL_ID) + "/requeue tries it again: "
                        + text(message, MessageProperties.MAIL_ERROR));
                break;
            default:
                log.warn(mail
                        + " took longer than its lease, so it may go out twice: raise BOOKSTORE_MAIL_LEASE_SECONDS");
                break;
        }
    }
}
