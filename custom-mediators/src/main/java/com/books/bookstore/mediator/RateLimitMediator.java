package com.books.bookstore.mediator;

import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.ClientAddress;
import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RateLimiter;
import java.time.Clock;
import java.time.Duration;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Lets so many requests pass, from each client address and in all. Each place in the sequences where it stands, and each node, counts for
 * itself. Problem: too_many_requests with {@code Retry-After}, {@code RateLimit-Policy} and {@code RateLimit}. Thread-safe.
 */
public class RateLimitMediator extends BookstoreMediator implements ManagedLifecycle {

    /** About 2 MB. */
    private static final int MOST_CLIENTS = 20_000;
    private static final int MOST_PROXIES = 10;

    private final Clock clock;
    private RateLimit perAddress;
    private RateLimit inAll;
    private int trustedProxies;
    private volatile RateLimiter limiter;

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

    /** Requests from everybody together: {@code requests/seconds}. */
    public void setInAll(String inAll) {
        this.inAll = limit("inAll", inAll);
    }

    /** How many proxies of one's own append to X-Forwarded-For before a request arrives here; 0 unless set. */
    public void setTrustedProxies(String trustedProxies) {
        this.trustedProxies = Setting.number("trustedProxies", trustedProxies, 0, MOST_PROXIES);
    }

    private static RateLimit limit(String property, String value) {
        try {
            return RateLimit.parse(Setting.required(property, value));
        } catch (IllegalArgumentException e) {
            throw new SynapseException("The mediator property '" + property + "' is not valid: " + e.getMessage());
        }
    }

    @Override
    public void init(SynapseEnvironment environment) {
        limiter();
    }

    @Override
    public void destroy() {
        // Nothing is held that needs to be given back.
    }

    @Override
    void handle(MessageContext message) {
        HttpRequest request = new HttpRequest(message);
        RateLimiter.Decision decision = limiter()
                .take(ClientAddress.of(request.remoteAddress(), request.header("X-Forwarded-For"), trustedProxies));
        if (!decision.passes()) {
            long seconds = Math.max(1, decision.retryAfter().plus(Duration.ofSeconds(1).minusNanos(1)).getSeconds());
            throw new ProblemException(Problem.of(ProblemType.TOO_MANY_REQUESTS)
                    .withHeader("Retry-After", Long.toString(seconds))
                    .withHeader("RateLimit-Policy",
                            "\"default\";q=" + decision.limit().requests() + ";w=" + decision.limit().window().getSeconds())
                    .withHeader("RateLimit", "\"default\";r=" + decision.remaining() + ";t=" + seconds));
        }
    }

    private RateLimiter limiter() {
        RateLimiter current = limiter;
        if (current == null) {
            synchronized (this) {
                if (limiter == null) {
                    limiter = createLimiter();
                }
                current = limiter;
            }
        }
        return current;
    }

    private RateLimiter createLimiter() {
        if (perAddress == null || inAll == null) {
            throw new SynapseException("The mediator properties 'perAddress' and 'inAll' are not both set");
        }
        return new RateLimiter(perAddress, inAll, MOST_CLIENTS, clock);
    }
}
