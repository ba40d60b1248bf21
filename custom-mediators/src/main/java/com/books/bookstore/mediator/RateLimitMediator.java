package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.RateLimitHeaders;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.ClientAddress;
import com.books.bookstore.security.Caller;
import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RateLimiter;
import java.time.Clock;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Lets so many requests pass, from each client and in all. A client is an address, or the caller that a token names, depending on which of
 * {@code perAddress} and {@code perCaller} is set. Each place in the sequences where it stands, and each node, counts for itself.
 *
 * <p>In: {@link MessageProperties#CALLER} to count callers. Out: {@link MessageProperties#RATE_LIMIT}, of which the answer tells in its headers.
 * Problem: too_many_requests with {@code Retry-After}. Thread-safe.
 */
public class RateLimitMediator extends BookstoreMediator implements ManagedLifecycle {

    /** About 2 MB. */
    private static final int MOST_CLIENTS = 20_000;

    private static final int MOST_PROXIES = 10;

    private final Clock clock;
    private RateLimit perAddress;
    private RateLimit perCaller;
    private RateLimit inAll;
    private int trustedProxies;
    private final Lazy<RateLimiter> limiter = new Lazy<>(this::createLimiter);

    public RateLimitMediator() {
        this(Clock.systemUTC());
    }

    RateLimitMediator(Clock clock) {
        this.clock = clock;
    }

    /** Requests from one client address: {@code requests/seconds}. */
    public void setPerAddress(String perAddress) {
        this.perAddress = limit("perAddress", perAddress);
    }

    /** Requests of one caller, from any address: {@code requests/seconds}. */
    public void setPerCaller(String perCaller) {
        this.perCaller = limit("perCaller", perCaller);
    }

    /** Requests of all clients together: {@code requests/seconds}. */
    public void setInAll(String inAll) {
        this.inAll = limit("inAll", inAll);
    }

    /** How many of your own proxies append to X-Forwarded-For before a request arrives here; 0 unless set. */
    public void setTrustedProxies(String trustedProxies) {
        this.trustedProxies = Setting.number("trustedProxies", trustedProxies, 0, MOST_PROXIES);
    }

    private static RateLimit limit(String property, String value) {
        try {
            return RateLimit.parse(Setting.required(property, value));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting '" + property + "' is not valid: " + e.getMessage());
        }
    }

    @Override
    public void init(SynapseEnvironment environment) {
        limiter.get();
    }

    @Override
    public void destroy() {
        // Nothing is held that needs to be given back.
    }

    @Override
    void handle(MessageContext message) {
        RateLimiter.Decision decision = limiter.get().take(perCaller == null ? address(message) : caller(message));
        message.setProperty(MessageProperties.RATE_LIMIT, decision);
        if (!decision.passes()) {
            throw new ProblemException(Problem.of(ProblemType.TOO_MANY_REQUESTS)
                    .withHeader("Retry-After", RateLimitHeaders.retryAfter(decision)));
        }
    }

    /** If it is not known which line of X-Forwarded-For the trusted proxy wrote, the connection counts. */
    private String address(MessageContext message) {
        HttpRequest request = new HttpRequest(message);
        return ClientAddress.of(request.remoteAddress(), request.headerInOrder("X-Forwarded-For"), trustedProxies);
    }

    private static String caller(MessageContext message) {
        return required(message, MessageProperties.CALLER, Caller.class).subject();
    }

    private RateLimiter createLimiter() {
        if ((perAddress == null) == (perCaller == null)) {
            throw new WrongArtifactException("Set one of the settings 'perAddress' and 'perCaller'");
        }
        if (inAll == null) {
            throw new WrongArtifactException("The setting 'inAll' is not set");
        }
        return new RateLimiter(perCaller == null ? perAddress : perCaller, inAll, MOST_CLIENTS, clock);
    }
}
