package com.books.bookstore.mediator.registration;

import com.books.bookstore.mediator.message.MessageProperties;
import java.util.OptionalInt;
import org.apache.synapse.MessageContext;

/** How many registrations wait, for metrics: it hardly waits itself, and makes no problem. */
final class CountWaiting implements RegistrationStep {

    @Override
    public void take(MessageContext message, RegistrationServices services) {
        OptionalInt waiting = services.waiting().count();
        message.setProperty(
                MessageProperties.REGISTRATIONS_WAITING,
                waiting.isPresent() ? Integer.toString(waiting.getAsInt()) : "");
    }
}
