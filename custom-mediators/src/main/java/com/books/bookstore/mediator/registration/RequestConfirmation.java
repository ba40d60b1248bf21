package com.books.bookstore.mediator.registration;

import com.books.bookstore.mediator.message.MessageProperties;
import org.apache.synapse.MessageContext;

/**
 * Before a registration email is queued: the limit of emails to one address. The identity server is not asked, so that an answer, and the time
 * that it takes, says nothing about the address.
 */
final class RequestConfirmation implements RegistrationStep {

    @Override
    public void take(MessageContext message, RegistrationServices services) {
        services.requireConfiguration();
        message.setProperty(
                MessageProperties.EMAIL_LIMIT,
                Integer.toString(services.perEmail().requests()));
        message.setProperty(
                MessageProperties.EMAIL_WINDOW,
                Long.toString(services.perEmail().window().toSeconds()));
    }
}
