package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.Caller;
import com.books.bookstore.security.InvalidTokenException;
import com.books.bookstore.security.KeysUnavailableException;
import com.books.bookstore.security.TokenVerifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.apache.synapse.ManagedLifecycle;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.core.SynapseEnvironment;

/**
 * Lets a request pass if its bearer token is valid and carries one of the scopes in {@link MessageProperties#REQUIRED_SCOPES}.
 *
 * <p>Behind WSO2 API Manager the backend token in {@value #ASSERTION} takes the place of the bearer token: if {@code assertionJwksUri} is
 * set, a request that has one is authorized by it alone. {@code Authorization} may also be present, for calls to the identity server in the
 * caller's name.
 *
 * <p>Callers are users, whose email address the token must have, unless {@link MessageProperties#REQUIRED_CALLER} asks for an application.
 *
 * <p>Out: {@link MessageProperties#CALLER}, {@link MessageProperties#CALLER_EMAIL}, {@link MessageProperties#CALLER_SCOPES}, and for
 * access logs {@link MessageProperties#SUBJECT} and {@link MessageProperties#CLIENT_ID}.
 * Problems: missing_token, invalid_token, insufficient_scope, email_missing, identity_provider_unavailable. Tokens are never logged
 * or put into the message. Thread-safe.
 */
public class AuthorizationMediator extends BookstoreMediator implements ManagedLifecycle {

    static final String CHALLENGE = "Bearer realm=\"books.com\"";
    static final String ASSERTION = "X-JWT-Assertion";
    private static final String SCHEME = "Bearer";
    private static final String APPLICATION = "application";
    /** The longest email address that the database stores. */
    private static final int MAX_EMAIL_LENGTH = 255;

    private final Clock clock;
    private String issuer;
    private String audience;
    private String jwksUri;
    private String clockSkewSeconds = "60";
    private String algorithms = "RS256";
    private String assertionIssuer;
    private String assertionJwksUri;
    private String assertionContexts;
    private final Lazy<Verifiers> verifiers = new Lazy<>(this::createVerifiers);

    public AuthorizationMediator() {
        this(Clock.systemUTC());
    }

    AuthorizationMediator(Clock clock) {
        this.clock = clock;
    }

    /** The {@code iss} that tokens must have. */
    public void setIssuer(String issuer) {
        this.issuer = issuer;
    }

    /** What must be among a token's {@code aud}. */
    public void setAudience(String audience) {
        this.audience = audience;
    }

    /** Where the identity provider publishes its keys. */
    public void setJwksUri(String jwksUri) {
        this.jwksUri = jwksUri;
    }

    /** How far the provider's clock may be off, in seconds; 60 unless set. */
    public void setClockSkewSeconds(String clockSkewSeconds) {
        this.clockSkewSeconds = clockSkewSeconds;
    }

    /** Accepted signature algorithms separated by blanks; RS256 unless set. */
    public void setAlgorithms(String algorithms) {
        this.algorithms = algorithms;
    }

    /** Where API Manager publishes the keys of its backend tokens; empty, or not set, if they are not accepted. */
    public void setAssertionJwksUri(String assertionJwksUri) {
        this.assertionJwksUri = assertionJwksUri;
    }

    /** The {@code iss} that backend tokens must have. */
    public void setAssertionIssuer(String assertionIssuer) {
        this.assertionIssuer = assertionIssuer;
    }

    /** The paths on the gateway that backend tokens may be made for, with their versions, separated by blanks. */
    public void setAssertionContexts(String assertionContexts) {
        this.assertionContexts = assertionContexts;
    }

    @Override
    public void init(SynapseEnvironment environment) {
        verifiers.get();
    }

    @Override
    public void destroy() {
        // Nothing is held that needs to be given back.
    }

    @Override
    void handle(MessageContext message) {
        List<String> required = words(text(message, MessageProperties.REQUIRED_SCOPES));
        if (required.isEmpty()) {
            throw new WrongArtifactException(
                    "The message property '" + MessageProperties.REQUIRED_SCOPES + "' is not set");
        }
        Caller caller = verify(message);
        // Before the scopes are looked at, so that the access log names who was refused.
        message.setProperty(MessageProperties.SUBJECT, caller.subject());
        caller.client().ifPresent(client -> message.setProperty(MessageProperties.CLIENT_ID, client));
        if (!caller.hasOneOf(required)) {
            throw new ProblemException(Problem.of(
                            ProblemType.INSUFFICIENT_SCOPE,
                            "The access token needs the scope " + String.join(" or ", required) + ".")
                    .withHeader(
                            "WWW-Authenticate",
                            CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + String.join(" ", required)
                                    + "\""));
        }
        boolean forApplications = APPLICATION.equals(text(message, MessageProperties.REQUIRED_CALLER));
        if (forApplications && !caller.isApplication()) {
            throw new ProblemException(
                    ProblemType.INSUFFICIENT_SCOPE,
                    "The access token must be one that an application got for itself, by client credentials.");
        }
        message.setProperty(MessageProperties.CALLER, caller);
        if (!forApplications) {
            message.setProperty(
                    MessageProperties.CALLER_EMAIL,
                    caller.email()
                            .filter(address -> address.length() <= MAX_EMAIL_LENGTH)
                            .orElseThrow(() -> new ProblemException(ProblemType.EMAIL_MISSING)));
        }
        message.setProperty(MessageProperties.CALLER_SCOPES, caller.scopeText());
    }

    /** Without a regular expression: every request with a token comes by. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(2);
        for (StringTokenizer tokens = new StringTokenizer(text); tokens.hasMoreTokens(); ) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private Caller verify(MessageContext message) {
        HttpRequest request = new HttpRequest(message);
        String authorization = request.header("Authorization");
        String assertion = request.header(ASSERTION);
        try {
            if (assertion != null && verifiers.get().assertion != null) {
                return verifiers.get().assertion.verify(assertion.trim());
            }
            return verifiers.get().bearer.verify(bearerToken(authorization));
        } catch (InvalidTokenException e) {
            throw new ProblemException(Problem.of(ProblemType.INVALID_TOKEN, e.getMessage())
                    .withHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""));
        } catch (KeysUnavailableException e) {
            // For the line that the fault sequence logs.
            message.setProperty(SynapseConstants.ERROR_EXCEPTION, e);
            throw new ProblemException(
                    Problem.of(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE).withHeader("Retry-After", "10"));
        }
    }

    private static String bearerToken(String header) {
        if (header != null) {
            String credentials = header.trim();
            int end = credentials.indexOf(' ');
            if (end == SCHEME.length() && credentials.regionMatches(true, 0, SCHEME, 0, end)) {
                while (credentials.charAt(end) == ' ') {
                    end++;
                }
                return credentials.substring(end);
            }
        }
        throw new ProblemException(Problem.of(ProblemType.MISSING_TOKEN).withHeader("WWW-Authenticate", CHALLENGE));
    }

    private Verifiers createVerifiers() {
        Duration clockSkew = clockSkew();
        Set<String> allowed = words("algorithms", algorithms);
        try {
            TokenVerifier bearer = new TokenVerifier(
                    notEmpty("issuer", issuer),
                    notEmpty("audience", audience),
                    allowed,
                    clockSkew,
                    url("jwksUri", jwksUri),
                    clock);
            String assertionKeys =
                    assertionJwksUri == null ? "" : Setting.required("assertionJwksUri", assertionJwksUri);
            return new Verifiers(
                    bearer,
                    assertionKeys.isEmpty()
                            ? null
                            : TokenVerifier.ofBackendTokens(
                                    notEmpty("assertionIssuer", assertionIssuer),
                                    words("assertionContexts", assertionContexts),
                                    clockSkew,
                                    url("assertionJwksUri", assertionJwksUri),
                                    clock));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting 'algorithms' is not valid: " + e.getMessage());
        }
    }

    private Duration clockSkew() {
        try {
            return Duration.ofSeconds(Long.parseUnsignedLong(Setting.required("clockSkewSeconds", clockSkewSeconds)));
        } catch (NumberFormatException e) {
            throw new WrongArtifactException("The setting 'clockSkewSeconds' must be a whole number of seconds");
        }
    }

    /** With an empty value every token would be refused without a hint at the cause. */
    private static String notEmpty(String property, String value) {
        String text = Setting.required(property, value);
        if (text.isEmpty()) {
            throw new WrongArtifactException("The setting '" + property + "' must not be empty: " + value);
        }
        return text;
    }

    private static Set<String> words(String property, String value) {
        return new LinkedHashSet<>(List.of(Setting.required(property, value).split("[\\s,]+")));
    }

    private static URL url(String property, String value) {
        String address = Setting.required(property, value);
        try {
            return new URL(address);
        } catch (MalformedURLException e) {
            throw new WrongArtifactException("The setting '" + property + "' must be a URL, not: " + address);
        }
    }

    private static final class Verifiers {

        private final TokenVerifier bearer;
        /** Null if backend tokens are not accepted. */
        private final TokenVerifier assertion;

        private Verifiers(TokenVerifier bearer, TokenVerifier assertion) {
            this.bearer = bearer;
            this.assertion = assertion;
        }
    }
}
