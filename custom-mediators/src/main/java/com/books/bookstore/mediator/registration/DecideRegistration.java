package com.books.bookstore.mediator.registration;

import static com.books.bookstore.mediator.message.MessageProperties.required;
import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.identity.Approvals;
import com.books.bookstore.identity.TokenRefusedException;
import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.RegistrationStatus;
import org.apache.synapse.MessageContext;

/** Approves or rejects a registration for an administrator. */
final class DecideRegistration implements RegistrationStep {

    private final RegistrationStatus decision;

    /** @param decision APPROVED or REJECTED */
    DecideRegistration(RegistrationStatus decision) {
        this.decision = decision;
    }

    @Override
    public void take(MessageContext message, RegistrationServices services) throws TokenRefusedException {
        String id = required(message, MessageProperties.APPROVAL_ID, String.class);
        String reason = text(message, MessageProperties.REASON);
        Approvals.Outcome outcome = services.approvals()
                .decide(Administrator.authorization(message), id, decision == RegistrationStatus.APPROVED, reason);
        HttpAnswer.put(message, answer(id, outcome, !reason.isEmpty()));
    }

    private Response answer(String id, Approvals.Outcome outcome, boolean hasReason) {
        switch (outcome) {
            case DONE:
                return Response.json(
                        200, RegistrationDocuments.decision(id, decision, hasReason ? Boolean.TRUE : null));
            case DONE_WITHOUT_REASON:
                return Response.json(200, RegistrationDocuments.decision(id, decision, Boolean.FALSE));
            case UNKNOWN:
                throw new ProblemException(ProblemType.REGISTRATION_NOT_FOUND);
            case CLAIMED:
                throw decided("Another administrator has reserved the registration, or is deciding on it.");
            case NOT_CARRIED_OUT:
                throw decided("The registration was approved, but the identity server could not create the account.");
            case ALREADY_APPROVED:
                throw decided("The registration is already approved.");
            case ALREADY_FAILED:
                throw decided(
                        "The registration has already failed: there is no account. The applicant may register again.");
            default:
                throw decided("The registration is already rejected.");
        }
    }

    private static ProblemException decided(String detail) {
        return new ProblemException(Problem.of(ProblemType.REGISTRATION_DECIDED, detail));
    }
}
