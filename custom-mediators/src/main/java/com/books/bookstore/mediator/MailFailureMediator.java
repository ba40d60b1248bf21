package com.books.bookstore.mediator;

import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/**
 * Finds out what a failure means for the mail that was being sent. To be used first in the fault sequence.
 *
 * <p>In: the engine's ERROR_EXCEPTION. Out: {@link MessageProperties#MAIL_ERROR}, {@link MessageProperties#PERMANENT} and
 * {@link MessageProperties#GO_ON}: a recipient who is refused is no reason to keep other mails waiting, a mail server that is away is. Thread-safe.
 */
public class MailFailureMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        Object exception = message.getProperty(SynapseConstants.ERROR_EXCEPTION);
        Throwable failure = exception instanceof Throwable ? (Throwable) exception : null;
        message.setProperty(MessageProperties.MAIL_ERROR, failure == null ? "No exception was recorded" : Failures.summary(failure));
        message.setProperty(MessageProperties.PERMANENT, failure != null && Failures.isUnsendable(failure) ? "1" : "0");
        message.setProperty(MessageProperties.GO_ON, Boolean.toString(failure != null && Failures.concernsOneMail(failure)));
    }
}
