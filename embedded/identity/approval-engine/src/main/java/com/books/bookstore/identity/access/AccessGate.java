package com.books.bookstore.identity.access;

import com.books.bookstore.identity.throttle.SignInThrottle;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.user.api.UserStoreException;

/**
 * Finds out who sends a request: a user of the user store with name and password (RFC 7617), or the holder of an access
 * token of the OAuth server (RFC 6750, RFC 9068). Thread-safe.
 */
public final class AccessGate {

    private static final Log LOG = LogFactory.getLog(AccessGate.class);
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int CLOCK_SKEW_SECONDS = 60;

    /** A sign-in longer ago than this does not count as a proof that the user is present. */
    private static final Duration RECENT = Duration.ofMinutes(5);

    private final UserDirectory users;
    private final BasicAuthentication basic;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> tokens;

    /** @throws IllegalArgumentException when the address of the key set is not an address */
    public AccessGate(UserDirectory users, Clock clock) {
        this.users = users;
        this.clock = clock;
        this.basic = new BasicAuthentication(users::authenticate, new SignInThrottle(clock));
        this.tokens = AccessSettings.issuer().isEmpty() ? null : processor();
    }

    private static DefaultJWTProcessor<SecurityContext> processor() {
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            new URL(AccessSettings.jwksUrl()))
                    .retrying(true)
                    .build();
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    new HashSet<>(Arrays.asList(JWSAlgorithm.RS256, JWSAlgorithm.ES256)), keys));
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
            JWTClaimsSet exact =
                    new JWTClaimsSet.Builder().issuer(AccessSettings.issuer()).build();
            Set<String> required = new HashSet<>(Arrays.asList("sub", "exp"));
            DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(exact, required);
            claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
            processor.setJWTClaimsSetVerifier(claims);
            return processor;
        } catch (MalformedURLException wrong) {
            throw new IllegalArgumentException(
                    AccessSettings.JWKS_URL + " is not an address: " + AccessSettings.jwksUrl(), wrong);
        }
    }

    /** @throws AccessDeniedException when the request carries no valid credentials, or they could not be checked (503) */
    public Caller identify(HttpServletRequest request) throws AccessDeniedException {
        String header = request.getHeader("Authorization");
        if (header == null || header.length() > LONGEST_HEADER) {
            throw AccessDeniedException.unauthenticated("Authentication is required.");
        }
        try {
            if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
                return user(basic.authenticate(header.substring(6).trim(), request.getRemoteAddr()));
            }
            if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return bearer(header.substring(7).trim());
            }
        } catch (UserStoreException failed) {
            LOG.error("The user store did not answer a question about a caller", failed);
            throw AccessDeniedException.unavailable("The user store cannot be reached. Try again later.");
        }
        throw AccessDeniedException.unauthenticated("Only Basic and Bearer authentication are supported.");
    }

    private Caller user(String id) throws UserStoreException {
        return new Caller(id, users.name(id), users.roles(id), null, null, true);
    }

    private Caller bearer(String token) throws AccessDeniedException, UserStoreException {
        if (tokens == null) {
            throw AccessDeniedException.unauthenticated("This server accepts no tokens.");
        }
        try {
            JWTClaimsSet claims = tokens.process(token, null);
            String scope = claims.getStringClaim("scope");
            Set<String> scopes =
                    scope == null ? new LinkedHashSet<>() : new LinkedHashSet<>(Arrays.asList(scope.split(" ")));
            String client = client(claims);
            String subject = claims.getSubject();
            boolean isApplication = subject.equals(client);
            if (!isFor(AccessSettings.audience(), claims) && !(isApplication && isFor(client, claims))) {
                throw AccessDeniedException.invalidToken("The token is for another audience.");
            }
            if (isApplication) {
                return new Caller(null, null, new LinkedHashSet<>(), client, scopes, false);
            }
            if (!users.isActive(subject)) {
                throw AccessDeniedException.invalidToken("The token's user is unknown or not active.");
            }
            return new Caller(
                    subject,
                    users.name(subject),
                    users.roles(subject),
                    client,
                    scopes,
                    isRecent(claims.getDateClaim("auth_time")));
        } catch (KeySourceException unreachable) {
            throw AccessDeniedException.unavailable("The OAuth server cannot be reached.");
        } catch (BadJOSEException | JOSEException | ParseException invalid) {
            throw AccessDeniedException.invalidToken("The token is not valid.");
        }
    }

    /** A user's token names the bookstore's APIs. An application's own token names the application only, as on Identity Server. */
    private static boolean isFor(String audience, JWTClaimsSet claims) {
        return audience.isEmpty() || claims.getAudience().contains(audience);
    }

    private boolean isRecent(Date signedIn) {
        return signedIn != null && signedIn.toInstant().isAfter(clock.instant().minus(RECENT));
    }

    private static String client(JWTClaimsSet claims) throws ParseException {
        String client = claims.getStringClaim("client_id");
        return client != null ? client : claims.getStringClaim("azp");
    }
}
