package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.identity.Approvals;
import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.identity.IdentityServerHttp;
import com.books.bookstore.identity.ScimUsers;
import com.books.bookstore.identity.ServiceTokens;
import com.books.bookstore.identity.TokenRefusedException;
import com.books.bookstore.identity.WaitingRegistrations;
import com.books.bookstore.identity.WorkflowInstances;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.mediator.registration.RegistrationServices;
import com.books.bookstore.mediator.registration.RegistrationStep;
import com.books.bookstore.mediator.registration.RegistrationSteps;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.ConfirmationTokens;
import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RegistrationIds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Asks the identity server what a step of a registration needs, see {@link MessageProperties#REGISTRATION_STEP}:
 *
 * <ul>
 *   <li>{@code request}: out {@link MessageProperties#EMAIL_LIMIT} and {@link MessageProperties#EMAIL_WINDOW}; asks nothing.
 *   <li>{@code email}: in {@link MessageProperties#RESULT}, an email that was claimed from the outbox. If it belongs to a registration, out
 *       {@link MessageProperties#MAIL_ID}, {@link MessageProperties#MAIL_TEMPLATE} and {@link MessageProperties#MAIL_DOCUMENT}.
 *   <li>{@code confirm}: in {@link MessageProperties#CONFIRMATION}; signs the applicant up and makes the answer.
 *   <li>{@code state}: in {@link MessageProperties#REGISTRATION_ID}; makes the answer.
 *   <li>{@code count}: out {@link MessageProperties#REGISTRATIONS_WAITING}, empty if it is not known within a second; no problem.
 *   <li>{@code list}: in {@link MessageProperties#STATUS}, {@link MessageProperties#LIMIT}, {@link MessageProperties#OFFSET}; makes the answer.
 *   <li>{@code approve}, {@code reject}: in {@link MessageProperties#APPROVAL_ID}, {@link MessageProperties#REASON}; makes the answer.
 * </ul>
 *
 * <p>The last three are for administrators, stand behind {@link AuthorizationMediator} and send the request's own bearer token.
 *
 * <p>Problems: confirmation_invalid, confirmation_expired, registration_conflict, invalid_request (what the identity server does not like),
 * registration_not_found, registration_decided, invalid_token and insufficient_scope (as the identity server sees it),
 * identity_provider_unavailable (also while a setting is missing, which the log names). Passwords and tokens are neither logged nor put
 * into the message. Thread-safe.
 */
public class RegistrationMediator extends BookstoreMediator implements ManagedLifecycle {

    private static final int MOST_SECONDS = 60;
    private static final int MOST_HOURS = 24 * 7;
    private static final int LONGEST_CACHE_SECONDS = 86_400;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RegistrationSteps steps = new RegistrationSteps();
    private final Clock clock;
    private final AtomicBoolean uncounted = new AtomicBoolean();
    private String scimUrl;
    private String tokenUrl;
    private String clientId;
    private String clientSecret;
    private String signUpScope;
    private String approvalsUrl;
    private String instancesUrl = "";
    private String instanceScope = "";
    private String statusSecret;
    private String shopUrl = "";
    private String confirmationHours = "24";
    private RateLimit perEmail = new RateLimit(5, Duration.ofDays(1));
    private String timeoutSeconds = "10";
    private String countCacheSeconds = "10";
    private final Lazy<RegistrationServices> services = new Lazy<>(this::createServices);

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

    /** The address of the identity server's approval tasks. */
    public void setApprovalsUrl(String approvalsUrl) {
        this.approvalsUrl = approvalsUrl;
    }

    /** The address of the identity server's workflow instances; without one, the state of a registration is not known. */
    public void setInstancesUrl(String instancesUrl) {
        this.instancesUrl = instancesUrl;
    }

    /** The scope that lets the client read workflow instances; needed with their address. */
    public void setInstanceScope(String instanceScope) {
        this.instanceScope = instanceScope;
    }

    /** What registration ids and confirmation links are made with, 32 characters at least. Without it, registration is unavailable. */
    public void setStatusSecret(String statusSecret) {
        this.statusSecret = statusSecret;
    }

    /** The storefront's address, for links in emails. Without it, registration is unavailable. */
    public void setShopUrl(String shopUrl) {
        this.shopUrl = shopUrl;
    }

    /** How many hours a confirmation link is valid, 1 to 168; 24 unless set. */
    public void setConfirmationHours(String confirmationHours) {
        this.confirmationHours = confirmationHours;
    }

    /** Registration emails to one address: {@code emails/seconds}; 5/86400 unless set. */
    public void setPerEmail(String perEmail) {
        try {
            this.perEmail = RateLimit.parse(Setting.required("perEmail", perEmail));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting 'perEmail' is not valid: " + e.getMessage());
        }
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
        services.get();
    }

    @Override
    public void destroy() {
        // The HTTP client ends its thread when it is no longer used.
    }

    @Override
    void handle(MessageContext message) {
        RegistrationServices current = services.get();
        String name = text(message, MessageProperties.REGISTRATION_STEP);
        RegistrationStep step = steps.of(name)
                .orElseThrow(() -> new WrongArtifactException("The message property '"
                        + MessageProperties.REGISTRATION_STEP + "' does not name a step of a registration"));
        try {
            step.take(message, current);
        } catch (TokenRefusedException e) {
            ProblemType type = e.isInvalid() ? ProblemType.INVALID_TOKEN : ProblemType.INSUFFICIENT_SCOPE;
            throw new ProblemException(Problem.of(type, e.getMessage() + ".")
                    .withHeader(
                            "WWW-Authenticate", AuthorizationMediator.CHALLENGE + ", error=\"" + type.code() + "\""));
        } catch (IdentityServerException e) {
            throw IdentityServerProblems.unavailable(message, e);
        }
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

    private RegistrationServices createServices() {
        IdentityServerHttp http = new IdentityServerHttp(
                Duration.ofSeconds(Setting.number("timeoutSeconds", timeoutSeconds, 1, MOST_SECONDS)));
        String secret = Setting.required("clientSecret", clientSecret);
        ServiceTokens signUp = tokens(http, secret, Setting.required("signUpScope", signUpScope));
        WorkflowInstances instances = instances(http, secret);
        String key = Setting.required("statusSecret", statusSecret);
        Duration lifetime = Duration.ofHours(Setting.number("confirmationHours", confirmationHours, 1, MOST_HOURS));
        URI shop = Setting.isEmpty("shopUrl", shopUrl) ? null : Setting.address("shopUrl", shopUrl);
        WaitingRegistrations waiting = new WaitingRegistrations(
                () -> secret.isEmpty() || instances == null ? OptionalInt.empty() : waiting(instances),
                Duration.ofSeconds(Setting.number("countCacheSeconds", countCacheSeconds, 0, LONGEST_CACHE_SECONDS)),
                PATIENCE,
                clock);
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            return new RegistrationServices(
                    new ScimUsers(http, signUp, Setting.address("scimUrl", scimUrl)),
                    new Approvals(http, Setting.address("approvalsUrl", approvalsUrl), instances),
                    instances,
                    waiting,
                    key.isEmpty() ? null : new RegistrationIds(bytes),
                    key.isEmpty() ? null : new ConfirmationTokens(bytes, lifetime, clock),
                    perEmail,
                    shop,
                    missing(secret, key, shop));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting 'statusSecret' is not valid: " + e.getMessage());
        }
    }

    private static String missing(String clientSecret, String key, URI shop) {
        if (clientSecret.isEmpty()) {
            return "The registration client has no secret. Set BOOKSTORE_REGISTRATION_CLIENT_SECRET";
        }
        if (key.isEmpty()) {
            return "Confirmation links have no key. Set BOOKSTORE_REGISTRATION_SECRET";
        }
        return shop == null ? "Confirmation links have no address. Set BOOKSTORE_SHOP_URL" : null;
    }

    /** Null without an address: the state of registrations is not known then. */
    private WorkflowInstances instances(IdentityServerHttp http, String secret) {
        if (Setting.isEmpty("instancesUrl", instancesUrl)) {
            return null;
        }
        return new WorkflowInstances(
                http,
                tokens(http, secret, Setting.required("instanceScope", instanceScope)),
                Setting.address("instancesUrl", instancesUrl));
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
}
