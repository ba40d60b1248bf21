package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import java.util.UUID;
import org.apache.synapse.MessageContext;

/**
 * Begins with the next mail of a run, and forgets the one before.
 *
 * <p>In and out: {@link MessageProperties#MAIL_COUNT}. Out: {@link MessageProperties#CLAIM}, a new one, or empty when the run has had its share.
 * Thread-safe.
 */
public class NextMailMediator extends BookstoreMediator {

    private static final int MAXIMUM = 100;

    private int batchSize;

    /** How many mails a run sends at most, 1 to 100. What is left is for the next run. */
    public void setBatchSize(String batchSize) {
        this.batchSize = Setting.number("batchSize", batchSize, 1, MAXIMUM);
    }

    @Override
    void handle(MessageContext message) {
        if (batchSize == 0) {
            throw new WrongArtifactException("The setting 'batchSize' is not set");
        }
        String counted = text(message, MessageProperties.MAIL_COUNT);
        int count = counted.isEmpty() ? 0 : Integer.parseInt(counted);
        message.setProperty(
                MessageProperties.CLAIM, count < batchSize ? UUID.randomUUID().toString() : "");
        message.setProperty(MessageProperties.MAIL_COUNT, Integer.toString(count + 1));
        message.setProperty(MessageProperties.MAIL_ID, "");
        message.setProperty(MessageProperties.MAIL_TEMPLATE, "");
        message.setProperty(MessageProperties.MAIL_DOCUMENT, "");
        message.setProperty(MessageProperties.MAIL_ACCEPTED, "");
        message.setProperty(MessageProperties.REPORT, "");
        forgetFailure(message);
    }
}
