package com.books.bookstore.mediator.registration;

import static com.books.bookstore.mediator.message.MessageProperties.required;
import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.identity.TokenRefusedException;
import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.registration.RegistrationPage;
import com.books.bookstore.registration.RegistrationRange;
import com.books.bookstore.registration.RegistrationStatus;
import com.books.bookstore.request.Place;
import org.apache.synapse.MessageContext;

/** Shows an administrator a page of registrations. */
final class ListRegistrations implements RegistrationStep {

    @Override
    public void take(MessageContext message, RegistrationServices services) throws TokenRefusedException {
        int limit = Integer.parseInt(required(message, MessageProperties.LIMIT, String.class));
        int offset = Integer.parseInt(required(message, MessageProperties.OFFSET, String.class));
        RegistrationStatus status = RegistrationStatus.of(text(message, MessageProperties.STATUS))
                .orElseThrow(() -> new WrongArtifactException(
                        "The message property '" + MessageProperties.STATUS + "' is not set"));
        RegistrationPage page = services.approvals()
                .list(
                        Administrator.authorization(message),
                        status,
                        new RegistrationRange(
                                limit,
                                offset,
                                Long.parseLong(required(message, MessageProperties.PLACE, String.class)),
                                text(message, MessageProperties.PLACE_CODE)));
        HttpAnswer.put(
                message,
                Response.json(
                        200,
                        RegistrationDocuments.page(
                                page,
                                limit,
                                offset,
                                page.next()
                                        .map(row -> Place.encode(text(message, MessageProperties.SORT), row))
                                        .orElse(null))));
    }
}
