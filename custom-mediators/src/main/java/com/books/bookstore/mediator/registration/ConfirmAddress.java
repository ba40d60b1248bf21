package com.books.bookstore.mediator.registration;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.Confirmation;
import com.books.bookstore.security.UnconfirmedException;
import java.util.List;
import java.util.Optional;
import org.apache.synapse.MessageContext;

/** Signs up the applicant whose address a token proves. A refused password uses nothing up: the token can be sent again. */
final class ConfirmAddress implements RegistrationStep {

    /** The request has been accepted anyway. */
    private static final String UNKNOWN = "Could not find the request of a registration. Its state will not be known: ";

    @Override
    public void take(MessageContext message, RegistrationServices services) {
        services.requireConfiguration();
        Confirmation confirmation = required(message, MessageProperties.CONFIRMATION, Confirmation.class);
        HttpAnswer.put(message, signUp(services, applicant(services, confirmation), confirmation.password()));
    }

    private static Applicant applicant(RegistrationServices services, Confirmation confirmation) {
        try {
            return services.tokens().applicantOf(confirmation.token());
        } catch (UnconfirmedException e) {
            throw new ProblemException(
                    e.isExpired() ? ProblemType.CONFIRMATION_EXPIRED : ProblemType.CONFIRMATION_INVALID);
        }
    }

    private static Response signUp(RegistrationServices services, Applicant applicant, String password) {
        switch (services.users().register(applicant, password)) {
            case PENDING:
                return RegistrationAnswers.made(
                        202,
                        "pending",
                        services.ids().idOf(applicant.email(), services.waitingRequest(applicant.email(), UNKNOWN)));
            case CREATED:
                return RegistrationAnswers.made(
                        201, "approved", services.ids().idOf(applicant.email(), Optional.of(TellState.CREATED)));
            case DUPLICATE:
                throw new ProblemException(ProblemType.REGISTRATION_CONFLICT);
            case PASSWORD_REFUSED:
                throw refused("password", "does not meet the identity server's password policy");
            case EMAIL_REFUSED:
                throw refused("email", "is not accepted by the identity server");
            default:
                throw refused("body", "is not accepted by the identity server");
        }
    }

    private static ProblemException refused(String field, String message) {
        return new ProblemException(Problem.invalidRequest(List.of(new FieldError(field, message))));
    }
}
