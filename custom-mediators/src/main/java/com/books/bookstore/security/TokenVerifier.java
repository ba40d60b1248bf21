package com.books.bookstore.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies access tokens: JWTs signed by the identity provider (RFC 7519, RFC 9068, best practices of RFC 8725).
 *
 * <p>Accepted is a token of at most 8 KiB whose algorithm is on the allow-list (asymmetric ones only), whose type is
 * {@code at+jwt}, {@code JWT} or not given, that demands no critical header, is signed with a key of the provider, is issued by the
 * issuer for the audience, names a subject, and is neither expired nor not yet valid, give or take the clock skew. Keys in a
 * token's own header are never used. Thread-safe.
 */
public final class TokenVerifier {

    private static final int MAX_LENGTH = 8 * 1024;
    private static final int REMEMBERED_TOKENS = 20_000;
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final String issuer;
    private final String audience;
    private final Set<JWSAlgorithm> algorithms;
    private final Duration clockSkew;
    private final Clock clock;
    private final SigningKeys keys;
    private final VerifiedTokens verified = new VerifiedTokens(REMEMBERED_TOKENS);

    /**
     * @param issuer     the only accepted {@code iss}
     * @param audience   must be among {@code aud}
     * @param algorithms names of accepted signature algorithms, such as RS256 or ES256
     * @param clockSkew  how far the provider's clock may be off
     * @param jwksUri    where the provider publishes its keys
     * @throws IllegalArgumentException for an algorithm that is not asymmetric, or none at all
     */
    public TokenVerifier(String issuer, String audience, Set<String> algorithms, Duration clockSkew, URL jwksUri, Clock clock) {
        this(issuer, audience, algorithms, clockSkew, new SigningKeys(jwksUri, clock), clock);
    }

    TokenVerifier(String issuer, String audience, Set<String> algorithms, Duration clockSkew, SigningKeys keys, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.algorithms = asymmetric(algorithms);
        this.clockSkew = clockSkew;
        this.keys = keys;
        this.clock = clock;
    }

    private static Set<JWSAlgorithm> asymmetric(Set<String> names) {
        Set<JWSAlgorithm> algorithms = new HashSet<>();
        for (String name : names) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            // With a shared-secret algorithm on the list, the provider's public key would be a secret good for forging.
            if (!JWSAlgorithm.Family.RSA.contains(algorithm) && !isVerifiableEc(algorithm)) {
                throw new IllegalArgumentException("'" + name + "' is not an RSA or EC signature algorithm");
            }
            algorithms.add(algorithm);
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("No signature algorithm is allowed");
        }
        return algorithms;
    }

    private static boolean isVerifiableEc(JWSAlgorithm algorithm) {
        return JWSAlgorithm.ES256.equals(algorithm) || JWSAlgorithm.ES384.equals(algorithm) || JWSAlgorithm.ES512.equals(algorithm);
    }

    /**
     * @param token the token as it came, without the word Bearer
     * @return who sent it
     * @throws InvalidTokenException    if the token is not accepted
     * @throws KeysUnavailableException if it cannot be judged because the provider is away
     */
    public Caller verify(String token) throws InvalidTokenException, KeysUnavailableException {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("The token is too long.");
        }
        Instant now = clock.instant();
        Caller known = verified.get(token, now.toEpochMilli());
        if (known != null) {
            return known;
        }
        SignedJWT jwt = parse(token);
        checkHeader(jwt.getHeader());
        checkSignature(jwt);
        JWTClaimsSet claims = claims(jwt);
        Instant expiry = checkClaims(claims, now);
        Caller caller = new Caller(claims.getSubject(), text(claims, "email"), scopes(claims), client(claims));
        // Not beyond the life of the cached keys: a key that is withdrawn must stop counting.
        Instant until = earlier(expiry.plus(clockSkew), now.plus(SigningKeys.TIME_TO_LIVE));
        verified.put(token, caller, until.toEpochMilli());
        return caller;
    }

    private static SignedJWT parse(String token) throws InvalidTokenException {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            // The cause is left out: its message quotes the token.
            throw new InvalidTokenException("The token is not a signed JWT.");
        }
    }

    private void checkHeader(JWSHeader header) throws InvalidTokenException {
        if (!algorithms.contains(header.getAlgorithm())) {
            throw new InvalidTokenException("The token's signature algorithm is not accepted.");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !JOSEObjectType.JWT.equals(type) && !ACCESS_TOKEN.equals(type)) {
            throw new InvalidTokenException("The token is not an access token.");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw new InvalidTokenException("The token demands something that is not supported.");
        }
    }

    private void checkSignature(SignedJWT jwt) throws InvalidTokenException, KeysUnavailableException {
        List<JWK> candidates = keys.matching(jwt.getHeader());
        for (JWK key : candidates) {
            try {
                if (jwt.verify(verifier(key))) {
                    return;
                }
            } catch (JOSEException e) {
                // A key that does not fit the algorithm (another curve, say) has not signed this token. The next one may have.
                continue;
            }
        }
        throw new InvalidTokenException(candidates.isEmpty() ? "The token's key is not known." : "The token's signature is wrong.");
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey) {
            return new RSASSAVerifier((RSAKey) key);
        }
        if (key instanceof ECKey) {
            return new ECDSAVerifier((ECKey) key);
        }
        throw new JOSEException("Neither an RSA nor an EC key");
    }

    private static JWTClaimsSet claims(SignedJWT jwt) throws InvalidTokenException {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new InvalidTokenException("The token's claims cannot be read.");
        }
    }

    /** @return when the token expires */
    private Instant checkClaims(JWTClaimsSet claims, Instant now) throws InvalidTokenException {
        if (!issuer.equals(claims.getIssuer())) {
            throw new InvalidTokenException("The token is from another issuer.");
        }
        if (!claims.getAudience().contains(audience)) {
            throw new InvalidTokenException("The token is for another audience.");
        }
        Date expiry = claims.getExpirationTime();
        if (expiry == null) {
            throw new InvalidTokenException("The token does not say when it expires.");
        }
        if (!now.isBefore(expiry.toInstant().plus(clockSkew))) {
            throw new InvalidTokenException("The token has expired.");
        }
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(clockSkew))) {
            throw new InvalidTokenException("The token is not valid yet.");
        }
        if (claims.getSubject() == null || claims.getSubject().isBlank()) {
            throw new InvalidTokenException("The token names no subject.");
        }
        return expiry.toInstant();
    }

    /** The application: {@code client_id} as RFC 9068 says, or OpenID Connect's {@code azp}. */
    private static String client(JWTClaimsSet claims) {
        String client = text(claims, "client_id");
        return client != null ? client : text(claims, "azp");
    }

    /** The scopes, written as one text with blanks (RFC 9068) or, as some providers do, as an array. */
    private static Set<String> scopes(JWTClaimsSet claims) {
        Set<String> scopes = new HashSet<>();
        Object claim = claims.getClaim("scope");
        if (claim instanceof String) {
            addScopes((String) claim, scopes);
        } else if (claim instanceof List) {
            for (Object scope : (List<?>) claim) {
                if (scope instanceof String) {
                    addScopes((String) scope, scopes);
                }
            }
        }
        return scopes;
    }

    private static void addScopes(String text, Set<String> scopes) {
        for (String scope : text.split(" ")) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
    }

    private static String text(JWTClaimsSet claims, String name) {
        Object claim = claims.getClaim(name);
        return claim instanceof String && !((String) claim).isBlank() ? ((String) claim).strip() : null;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
