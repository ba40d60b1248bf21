package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.identity.BaseAddress;
import com.books.bookstore.mail.Mail;
import com.books.bookstore.mail.MailRenderer;
import com.books.bookstore.mail.OutboxMail;
import com.books.bookstore.mail.UnsendableMailException;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.EmailPayload;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * Makes the message the email that was claimed from the outbox, ready for a blocking call of the mail transport.
 *
 * <p>In: {@link MessageProperties#RESULT} (columns mailId, kind, recipients, messageId, correlationId, document), without a row if no email is
 * due; {@link MessageProperties#MAIL_TEMPLATE} and {@link MessageProperties#MAIL_DOCUMENT}, which replace kind and document. Out: the body and its headers, {@link MessageProperties#MAIL_ID} (empty if no email is due), {@link MessageProperties#MAIL_TO}, and the
 * email's correlation id in message and log. An email that can never be sent ends the mediation. Thread-safe.
 */
public class MailMediator extends BookstoreMediator {

    private String from;
    private String administrators;
    private String shopUrl = "";
    /** Made when the properties are there. */
    private MailRenderer renderer;

    /** The sender: one address. */
    public void setFrom(String from) {
        this.from = Setting.required("from", from);
        configure();
    }

    /** Whom emails without recipients go to: addresses separated by commas. */
    public void setAdministrators(String administrators) {
        this.administrators = Setting.required("administrators", administrators);
        configure();
    }

    /** The storefront's address, to which emails of orders and summaries link; empty for emails without links. */
    public void setShopUrl(String shopUrl) {
        this.shopUrl = Setting.isEmpty("shopUrl", shopUrl) ? "" : BaseAddress.of(Setting.address("shopUrl", shopUrl));
        configure();
    }

    private void configure() {
        if (from != null && administrators != null) {
            try {
                renderer = new MailRenderer(from, administrators, shopUrl);
            } catch (IllegalArgumentException e) {
                throw new WrongArtifactException("The settings 'from' and 'administrators' must be email addresses", e);
            }
        }
    }

    @Override
    void handle(MessageContext message) {
        if (renderer == null) {
            throw new WrongArtifactException("The settings 'from' and 'administrators' are not set");
        }
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        if (rows.isEmpty()) {
            message.setProperty(MessageProperties.MAIL_ID, "");
            return;
        }
        Map<String, String> row = rows.get(0);
        // First, so that a failure from here on counts as an attempt of this email.
        message.setProperty(MessageProperties.MAIL_ID, row.get("mailId"));
        String correlationId = row.getOrDefault("correlationId", "");
        message.setProperty(MessageProperties.CORRELATION_ID, correlationId);
        CorrelationContext.enter(correlationId);
        try {
            Mail mail = renderer.render(new OutboxMail(
                    instead(message, MessageProperties.MAIL_TEMPLATE, row.getOrDefault("kind", "")),
                    row.getOrDefault("recipients", ""),
                    row.getOrDefault("messageId", ""),
                    correlationId,
                    instead(message, MessageProperties.MAIL_DOCUMENT, row.getOrDefault("document", ""))));
            message.setProperty(MessageProperties.MAIL_DOCUMENT, "");
            EmailPayload.put(message, mail);
            message.setProperty(MessageProperties.MAIL_TO, "mailto:" + String.join(",", mail.to()));
        } catch (UnsendableMailException e) {
            throw new SynapseException("The email cannot be sent", e);
        }
    }

    private static String instead(MessageContext message, String property, String otherwise) {
        String text = text(message, property);
        return text.isEmpty() ? otherwise : text;
    }
}
