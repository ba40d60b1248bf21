package com.books.bookstore.mediator.registration;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.RegistrationStatus;
import com.books.bookstore.security.RegistrationIds;
import java.util.Optional;
import org.apache.synapse.MessageContext;

/** Tells an applicant what became of a registration. */
final class TellState implements RegistrationStep {

    /** In an ID in place of a request: the account was created without one. */
    static final String CREATED = "created";

    @Override
    public void take(MessageContext message, RegistrationServices services) {
        services.requireConfiguration();
        String registrationId = required(message, MessageProperties.REGISTRATION_ID, String.class);
        RegistrationIds.Content content = services.ids()
                .contentOf(registrationId)
                .orElseThrow(() -> new ProblemException(ProblemType.REGISTRATION_NOT_FOUND));
        String state = state(services, content).map(RegistrationStatus::code).orElse("not_approved");
        HttpAnswer.put(message, RegistrationAnswers.state(state, registrationId));
    }

    /** Nothing if the identity server does not say. The client is not allowed to look for the account. */
    private static Optional<RegistrationStatus> state(RegistrationServices services, RegistrationIds.Content content) {
        if (content.requestId().equals(Optional.of(CREATED))) {
            return Optional.of(RegistrationStatus.APPROVED);
        }
        return services.instances()
                .flatMap(instances -> content.requestId().isPresent()
                        ? instances.status(content.requestId().get())
                        : instances.waiting(content.userName()).map(request -> RegistrationStatus.PENDING));
    }
}
