package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;
import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.identity.Approvals;
import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.identity.IdentityServerHttp;
import com.books.bookstore.identity.TokenRefusedException;
import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.RegistrationStatus;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Lists requests for accounts and decides on them at the identity server, in the name of the administrator who asks: the request's own
 * bearer token goes along, and nothing else of the request. To stand behind {@link AuthorizationMediator}.
 *
 * <p>The property {@code operation} says which: listRegistrations (in: {@link MessageProperties#STATUS}, {@link MessageProperties#LIMIT},
 * {@link MessageProperties#OFFSET}), approveRegistration (in: {@link MessageProperties#APPROVAL_ID}), rejectRegistration (in: that and
 * {@link MessageProperties#REASON}). Problems: registration_not_found, registration_decided, invalid_token and insufficient_scope (as the
 * identity server sees it), identity_provider_unavailable. Tokens are never logged or put into the message. Thread-safe.
 */
public class ApprovalMediator extends BookstoreMediator implements ManagedLifecycle {

    private static final int MOST_SECONDS = 60;

    private static final Map<String, OperationStep> STEPS = Map.of(
            "listRegistrations", ApprovalMediator::list,
            "approveRegistration",
                    (mediator, message, token) -> mediator.decide(message, token, RegistrationStatus.APPROVED),
            "rejectRegistration",
                    (mediator, message, token) -> mediator.decide(message, token, RegistrationStatus.REJECTED));

    private OperationStep step;
    private String approvalsUrl;
    private String timeoutSeconds = "10";
    private final Lazy<Approvals> approvals = new Lazy<>(this::createApprovals);

    /** The operation's name in the API definition. */
    public void setOperation(String operation) {
        String name = Setting.required("operation", operation);
        this.step = STEPS.get(name);
        if (step == null) {
            throw new WrongArtifactException(
                    "The setting 'operation' must be one of " + new TreeSet<>(STEPS.keySet()) + ", not " + name);
        }
    }

    /** The address of the approval tasks of Identity Server. */
    public void setApprovalsUrl(String approvalsUrl) {
        this.approvalsUrl = approvalsUrl;
    }

    /** How long to wait for each answer of the identity server; 10 unless set. */
    public void setTimeoutSeconds(String timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public void init(SynapseEnvironment environment) {
        approvals.get();
    }

    @Override
    public void destroy() {
        // The HTTP client ends its thread when it is no longer used.
    }

    @Override
    void handle(MessageContext message) {
        if (step == null) {
            throw new WrongArtifactException("The setting 'operation' is not set");
        }
        String authorization = new HttpRequest(message).header("Authorization");
        if (authorization == null) {
            throw new WrongArtifactException(
                    "There is no access token. Put AuthorizationMediator before this mediator, and let the gateway pass access tokens on"
                            + " (enable_outbound_auth_header of API Manager)");
        }
        try {
            HttpAnswer.put(message, step.answer(this, message, authorization));
        } catch (TokenRefusedException e) {
            ProblemType type = e.isInvalid() ? ProblemType.INVALID_TOKEN : ProblemType.INSUFFICIENT_SCOPE;
            throw new ProblemException(Problem.of(type, e.getMessage() + ".")
                    .withHeader(
                            "WWW-Authenticate", AuthorizationMediator.CHALLENGE + ", error=\"" + type.code() + "\""));
        } catch (IdentityServerException e) {
            throw IdentityServerProblems.unavailable(message, e);
        }
    }

    private Response list(MessageContext message, String authorization) throws TokenRefusedException {
        int limit = Integer.parseInt(required(message, MessageProperties.LIMIT, String.class));
        int offset = Integer.parseInt(required(message, MessageProperties.OFFSET, String.class));
        RegistrationStatus status = RegistrationStatus.of(text(message, MessageProperties.STATUS))
                .orElseThrow(() -> new WrongArtifactException(
                        "The message property '" + MessageProperties.STATUS + "' is not set"));
        Approvals.Page page = approvals.get().list(authorization, status, limit, offset);
        return Response.json(200, RegistrationDocuments.page(page.requests(), page.total(), limit, offset));
    }

    private Response decide(MessageContext message, String authorization, RegistrationStatus decision)
            throws TokenRefusedException {
        String id = required(message, MessageProperties.APPROVAL_ID, String.class);
        String reason = text(message, MessageProperties.REASON);
        switch (approvals.get().decide(authorization, id, decision == RegistrationStatus.APPROVED, reason)) {
            case DONE:
                return Response.json(
                        200, RegistrationDocuments.decision(id, decision, reason.isEmpty() ? null : Boolean.TRUE));
            case DONE_WITHOUT_REASON:
                return Response.json(200, RegistrationDocuments.decision(id, decision, Boolean.FALSE));
            case UNKNOWN:
                throw new ProblemException(ProblemType.REGISTRATION_NOT_FOUND);
            case CLAIMED:
                throw decided("Another administrator has reserved the registration.");
            case NOT_CARRIED_OUT:
                throw decided("The registration was approved, but the identity server could not create the account.");
            case ALREADY_APPROVED:
                throw decided("The registration is already approved.");
            default:
                throw decided("The registration is already rejected.");
        }
    }

    private static ProblemException decided(String detail) {
        return new ProblemException(Problem.of(ProblemType.REGISTRATION_DECIDED, detail));
    }

    private Approvals createApprovals() {
        return new Approvals(
                new IdentityServerHttp(
                        Duration.ofSeconds(Setting.number("timeoutSeconds", timeoutSeconds, 1, MOST_SECONDS))),
                Setting.address("approvalsUrl", approvalsUrl));
    }

    private interface OperationStep {
        Response answer(ApprovalMediator mediator, MessageContext message, String authorization)
                throws TokenRefusedException;
    }
}
