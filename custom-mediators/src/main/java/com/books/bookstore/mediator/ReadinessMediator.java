package com.books.bookstore.mediator;

import com.books.bookstore.identity.IdentityProbe;
import com.books.bookstore.json.HealthDocuments;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.security.SharedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Answers whether this node can serve: 200 if every part that the property {@code requires} names is up, else 503.
 *
 * <p>In: {@link MessageProperties#RESULT} with the row of the email queue; it is not there when the database did not answer, for then the fault
 * sequence runs this. The answer is {@code {"status":"up"}} or {@code "down"}; with the monitoring token it also names the parts:
 * database and identityServer up or down, mailQueue up, degraded (emails are late or were given up) or unknown. One line is logged when the
 * report changes. Thread-safe.
 */
public class ReadinessMediator extends BookstoreMediator implements ManagedLifecycle {

    private static final String UP = "up";
    private static final String DOWN = "down";
    private static final List<String> FIGURES = List.of("waiting", "failing", "overdueSeconds", "dead");
    private static final Set<String> PARTS = Set.of("database", "identity");
    private static final int MOST_SECONDS = 86_400;

    private final Clock clock;
    private final AtomicReference<String> reported = new AtomicReference<>("");
    private String requires = "database identity";
    private String jwksUri;
    private String identityCacheSeconds = "10";
    private String mailOverdueSeconds = "900";
    private String token = "";
    private final Lazy<Checks> checks = new Lazy<>(() -> new Checks(this));

    public ReadinessMediator() {
        this(Clock.systemUTC());
    }

    ReadinessMediator(Clock clock) {
        this.clock = clock;
    }

    /** The parts without which this node is not ready, separated by blanks: database, identity. Both unless set. */
    public void setRequires(String requires) {
        this.requires = requires;
    }

    /** Where the identity server publishes its keys. */
    public void setJwksUri(String jwksUri) {
        this.jwksUri = jwksUri;
    }

    /** How long what is known of the identity server is not asked again; 10 unless set. */
    public void setIdentityCacheSeconds(String identityCacheSeconds) {
        this.identityCacheSeconds = identityCacheSeconds;
    }

    /** How long an email may be late; 900 unless set. */
    public void setMailOverdueSeconds(String mailOverdueSeconds) {
        this.mailOverdueSeconds = mailOverdueSeconds;
    }

    /** The bearer token with which the answer names the parts; without it, no answer does. */
    public void setToken(String token) {
        this.token = token;
    }

    @Override
    public void init(SynapseEnvironment environment) {
        checks.get();
    }

    @Override
    public void destroy() {
        // Nothing is held that needs to be given back.
    }

    @Override
    void handle(MessageContext message) {
        Checks current = checks.get();
        boolean database = message.getProperty(MessageProperties.RESULT) != null;
        boolean identity = current.identity.isUp();
        Map<String, Long> mails = database ? mails(message) : Map.of();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("database", database ? UP : DOWN);
        parts.put("identityServer", identity ? UP : DOWN);
        parts.put("mailQueue", current.mailQueue(mails));
        boolean up = (database || !current.required.contains("database"))
                && (identity || !current.required.contains("identity"));
        report(up, parts);

        String authorization = new HttpRequest(message).header("Authorization");
        String document =
                current.token.matches(authorization) ? HealthDocuments.of(up, parts, mails) : HealthDocuments.of(up);
        HttpAnswer.put(message, Response.json(up ? 200 : 503, document).withHeader("Cache-Control", "no-store"));
    }

    private static Map<String, Long> mails(MessageContext message) {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        Map<String, Long> mails = new LinkedHashMap<>();
        if (!rows.isEmpty()) {
            FIGURES.forEach(
                    figure -> mails.put(figure, Long.parseLong(rows.get(0).getOrDefault(figure, "0"))));
        }
        return mails;
    }

    /** Probes come every few seconds: a line for each would bury all others. */
    private void report(boolean up, Map<String, String> parts) {
        String now = (up ? "Ready: " : "Not ready: ") + parts;
        String before = reported.getAndSet(now);
        if (!now.equals(before)) {
            if (parts.values().stream().allMatch(UP::equals)) {
                log.info(now);
            } else {
                log.warn(now);
            }
        }
    }

    private static final class Checks {

        private final Set<String> required;
        private final IdentityProbe identity;
        private final long mailOverdueSeconds;
        private final SharedToken token;

        private Checks(ReadinessMediator settings) {
            required = new LinkedHashSet<>(Arrays.asList(
                    Setting.required("requires", settings.requires).split("[\\s,]+")));
            if (!PARTS.containsAll(required)) {
                throw new WrongArtifactException(
                        "The setting 'requires' may only name database and identity, not: " + required);
            }
            identity = new IdentityProbe(
                    Setting.address("jwksUri", settings.jwksUri),
                    Duration.ofSeconds(
                            Setting.number("identityCacheSeconds", settings.identityCacheSeconds, 0, MOST_SECONDS)),
                    settings.clock);
            mailOverdueSeconds = Setting.number("mailOverdueSeconds", settings.mailOverdueSeconds, 1, MOST_SECONDS);
            token = new SharedToken(settings.token.isBlank() ? "" : Setting.required("token", settings.token));
        }

        private String mailQueue(Map<String, Long> mails) {
            if (mails.isEmpty()) {
                return "unknown";
            }
            return mails.get("dead") > 0 || mails.get("overdueSeconds") > mailOverdueSeconds ? "degraded" : UP;
        }
    }
}
