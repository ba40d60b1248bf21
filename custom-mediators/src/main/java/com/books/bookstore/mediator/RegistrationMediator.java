package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;
import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.identity.IdentityServerHttp;
import com.books.bookstore.identity.ScimUsers;
import com.books.bookstore.identity.ServiceTokens;
import com.books.bookstore.identity.WaitingRegistrations;
import com.books.bookstore.identity.WorkflowInstances;
import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.RegistrationStatus;
import com.books.bookstore.security.RegistrationIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Asks the identity server for an account, or what became of the request for one, and makes the answer; or how many requests wait.
 *
 * <p>In: {@link MessageProperties#APPLICANT} to register, {@link MessageProperties#REGISTRATION_ID} for its state. Problems: registration_conflict,
 * invalid_request (what the identity server does not like), registration_not_found, identity_provider_unavailable. Neither passwords nor
 * tokens are logged or put into the message.
 *
 * <p>With {@link MessageProperties#COUNT_REGISTRATIONS} it makes no answer but {@link MessageProperties#REGISTRATIONS_WAITING}, and hardly waits:
 * what is not known within a second is empty, and there is no problem. Thread-safe.
 */
public class RegistrationMediator extends BookstoreMediator implements ManagedLifecycle {

    private static final String STATUS_PATH = "/registrations/v1/registrations/";
    private static final int MOST_SECONDS = 60;
    private static final int LONGEST_CACHE_SECONDS = 86_400;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In an ID in place of a request: the account was created without one. */
    private static final String CREATED = "created";

    private final Clock clock;
    private final AtomicBoolean uncounted = new AtomicBoolean();
    private String scimUrl;
    private String tokenUrl;
    private String clientId;
    private String clientSecret;
    private String signUpScope;
    private String instancesUrl = "";
    private String instanceScope = "";
    private String statusSecret;
    private String timeoutSeconds = "10";
    private String countCacheSeconds = "10";
    private final Lazy<Setup> setup = new Lazy<>(Setup::new);

    public RegistrationMediator() {
        this(Clock.systemUTC());
    }

    RegistrationMediator(Clock clock) {
        this.clock = clock;
    }

    /** The address of the SCIM 2.0 service, without {@code /Users}. */
    public void setScimUrl(String scimUrl) {
        this.scimUrl = scimUrl;
    }

    /** The address of the token endpoint. */
    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = tokenUrl;
    }

    /** The client that the identity server takes sign-ups from. */
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    /** The client's secret. Without it, registration is unavailable. */
    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    /** The scope that lets the client sign people up. */
    public void setSignUpScope(String signUpScope) {
        this.signUpScope = signUpScope;
    }

    /** The address of the identity server's workflow instances; without one, the state of a registration is not known. */
    public void setInstancesUrl(String instancesUrl) {
        this.instancesUrl = instancesUrl;
    }

    /** The scope that lets the client read workflow instances; needed with their address. */
    public void setInstanceScope(String instanceScope) {
        this.instanceScope = instanceScope;
    }

    /** What registration ids are made with, 32 characters at least; without one they are good for this node until it stops. */
    public void setStatusSecret(String statusSecret) {
        this.statusSecret = statusSecret;
    }

    /** How long to wait for each answer of the identity server; 10 unless set. */
    public void setTimeoutSeconds(String timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** How long the number of requests that wait is not asked for again; 10 unless set. */
    public void setCountCacheSeconds(String countCacheSeconds) {
        this.countCacheSeconds = countCacheSeconds;
    }

    @Override
    public void init(SynapseEnvironment environment) {
        setup.get();
    }

    @Override
    public void destroy() {
        // The HTTP client ends its thread when it is no longer used.
    }

    @Override
    void handle(MessageContext message) {
        Setup current = setup.get();
        if (Boolean.parseBoolean(text(message, MessageProperties.COUNT_REGISTRATIONS))) {
            OptionalInt waiting = current.waiting.count();
            message.setProperty(
                    MessageProperties.REGISTRATIONS_WAITING,
                    waiting.isPresent() ? Integer.toString(waiting.getAsInt()) : "");
            return;
        }
        try {
            if (current.users == null) {
                throw new IdentityServerException(
                        "The registration client has no secret. Set BOOKSTORE_REGISTRATION_CLIENT_SECRET");
            }
            Object applicant = message.getProperty(MessageProperties.APPLICANT);
            if (applicant instanceof Applicant) {
                HttpAnswer.put(message, register(current, (Applicant) applicant));
            } else {
                HttpAnswer.put(
                        message, status(current, required(message, MessageProperties.REGISTRATION_ID, String.class)));
            }
        } catch (IdentityServerException e) {
            throw IdentityServerProblems.unavailable(message, e);
        }
    }

    private Response register(Setup setup, Applicant applicant) {
        switch (setup.users.register(applicant)) {
            case PENDING:
                return registration(202, "pending", setup.ids.idOf(applicant.email(), request(setup, applicant)));
            case CREATED:
                return registration(201, "approved", setup.ids.idOf(applicant.email(), Optional.of(CREATED)));
            case DUPLICATE:
                // The answer does not tell an existing account from a waiting registration.
                throw new ProblemException(ProblemType.REGISTRATION_CONFLICT);
            case PASSWORD_REFUSED:
                throw refused("password", "does not meet the identity server's password policy");
            case EMAIL_REFUSED:
                throw refused("email", "is not accepted by the identity server");
            default:
                throw refused("body", "is not accepted by the identity server");
        }
    }

    /** The request at the identity server; empty if it cannot be found, which does not fail the registration. */
    private Optional<String> request(Setup setup, Applicant applicant) {
        if (setup.instances == null) {
            return Optional.empty();
        }
        try {
            return setup.instances.waiting(applicant.email());
        } catch (IdentityServerException e) {
            log.warn("Could not find the request of a registration. Its state will not be known: "
                    + FailureSummary.of(e));
            return Optional.empty();
        }
    }

    private static Response status(Setup setup, String registrationId) {
        RegistrationIds.Content content = setup.ids
                .contentOf(registrationId)
                .orElseThrow(() -> new ProblemException(ProblemType.REGISTRATION_NOT_FOUND));
        return registration(
                200, state(setup, content).map(RegistrationStatus::code).orElse("not_approved"), registrationId);
    }

    /** Nothing if the identity server does not say. The client is not allowed to look for the account. */
    private static Optional<RegistrationStatus> state(Setup setup, RegistrationIds.Content content) {
        if (content.requestId().equals(Optional.of(CREATED))) {
            return Optional.of(RegistrationStatus.APPROVED);
        }
        if (setup.instances == null) {
            return Optional.empty();
        }
        return content.requestId().isPresent()
                ? setup.instances.status(content.requestId().get())
                : setup.instances.waiting(content.userName()).map(request -> RegistrationStatus.PENDING);
    }

    private OptionalInt waiting(WorkflowInstances instances) {
        try {
            OptionalInt waiting = instances.waiting();
            uncounted.set(false);
            return waiting;
        } catch (RuntimeException e) {
            // Monitoring asks again and again: a line for each time would bury all others.
            if (!uncounted.getAndSet(true)) {
                log.warn("Could not count the waiting registrations: " + FailureSummary.of(e));
            }
            return OptionalInt.empty();
        }
    }

    private static Response registration(int status, String state, String registrationId) {
        String address = STATUS_PATH + registrationId;
        Response response = Response.json(status, RegistrationDocuments.registration(state, registrationId, address));
        return status == 200 ? response : response.withHeader("Location", address);
    }

    private static ProblemException refused(String field, String message) {
        return new ProblemException(Problem.invalidRequest(List.of(new FieldError(field, message))));
    }

    private final class Setup {

        /** Null without a client secret: the other APIs are to run without self-registration being set up. */
        private final ScimUsers users;

        private final WorkflowInstances instances;
        private final WaitingRegistrations waiting;
        private final RegistrationIds ids;

        Setup() {
            IdentityServerHttp http = new IdentityServerHttp(
                    Duration.ofSeconds(Setting.number("timeoutSeconds", timeoutSeconds, 1, MOST_SECONDS)));
            String secret = Setting.required("clientSecret", clientSecret);
            ServiceTokens signUp = tokens(http, secret, Setting.required("signUpScope", signUpScope));
            ScimUsers scim = new ScimUsers(http, signUp, Setting.address("scimUrl", scimUrl));
            users = secret.isEmpty() ? null : scim;
            String address = instancesUrl.isBlank() ? "" : Setting.required("instancesUrl", instancesUrl);
            instances = address.isEmpty()
                    ? null
                    : new WorkflowInstances(
                            http,
                            tokens(http, secret, Setting.required("instanceScope", instanceScope)),
                            Setting.address("instancesUrl", instancesUrl));
            waiting = new WaitingRegistrations(
                    () -> users == null || instances == null ? OptionalInt.empty() : waiting(instances),
                    Duration.ofSeconds(
                            Setting.number("countCacheSeconds", countCacheSeconds, 0, LONGEST_CACHE_SECONDS)),
                    PATIENCE,
                    clock);
            ids = ids();
        }

        private ServiceTokens tokens(IdentityServerHttp http, String secret, String scope) {
            return new ServiceTokens(
                    http,
                    Setting.address("tokenUrl", tokenUrl),
                    Setting.required("clientId", clientId),
                    secret,
                    scope,
                    clock);
        }

        private RegistrationIds ids() {
            String secret = Setting.required("statusSecret", statusSecret);
            if (secret.isEmpty()) {
                return RegistrationIds.temporary();
            }
            try {
                return new RegistrationIds(secret.getBytes(StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new WrongArtifactException("The setting 'statusSecret' is not valid: " + e.getMessage());
            }
        }
    }
}
