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
 * Verifies tokens: JWTs signed by their issuer (RFC 7519, RFC 9068, best practices of RFC 8725).
 *
 * <p>Accepted is a token of at most 8 KiB whose algorithm is on the allow-list (asymmetric ones only), whose type is
 * {@code at+jwt}, {@code JWT} or not given, that demands no critical header, is signed with a key of the provider, is issued by the
 * issuer for this system, names somebody, and is neither expired nor not yet valid, give or take the clock skew. Keys in a
 * token's own header are never used. Thread-safe.
 */
public final class TokenVerifier {

    private static final int MAX_LENGTH = 8 * 1024;
    private static final int REMEMBERED_TOKENS = 20_000;
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final String issuer;
    private final ClaimRules rules;
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
    public TokenVerifier(
            String issuer, String audience, Set<String> algorithms, Duration clockSkew, URL jwksUri, Clock clock) {
        this(issuer, new AccessTokenRules(audience), algorithms, clockSkew, jwksUri, clock);
    }

    /**
     * Verifies backend tokens of WSO2 API Manager.
     *
     * @param issuer      the only accepted {@code iss}
     * @param apiContexts paths of this system's APIs and products on the gateway, with their version: {@code /orders/v1}
     * @param clockSkew   how far the gateway's clock may be off
     * @param jwksUri     where API Manager publishes its keys
     */
    public static TokenVerifier ofBackendTokens(
            String issuer, Set<String> apiContexts, Duration clockSkew, URL jwksUri, Clock clock) {
        return new TokenVerifier(
                issuer,
                new BackendTokenRules(apiContexts),
                Set.of(JWSAlgorithm.RS256.getName()),
                clockSkew,
                jwksUri,
                clock);
    }

    private TokenVerifier(
            String issuer, ClaimRules rules, Set<String> algorithms, Duration clockSkew, URL jwksUri, Clock clock) {
        this.issuer = issuer;
        this.rules = rules;
        this.algorithms = asymmetric(algorithms);
        this.clockSkew = clockSkew;
        this.keys = new SigningKeys(jwksUri, clock);
        this.clock = clock;
    }

    private static Set<JWSAlgorithm> asymmetric(Set<String> names) {
        Set<JWSAlgorithm> algorithms = new HashSet<>();
        for (String name : names) {
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            // With a shared-secret algorithm on the list, the provider's public key would be a secret good for forging.
            if (!JWSAlgorithm.Family.RSA.contains(algorithm) && !isVerifiableEc(algorithm)) {
                throw new IllegalArgumentException("'" + name + "' must be an RSA or EC signature algorithm");
            }
            algorithms.add(algorithm);
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("No signature algorithm is allowed");
        }
        return algorithms;
    }

    private static boolean isVerifiableEc(JWSAlgorithm algorithm) {
        return JWSAlgorithm.ES256.equals(algorithm)
                || JWSAlgorithm.ES384.equals(algorithm)
                || JWSAlgorithm.ES512.equals(algorithm);
    }

    /**
     * @param token the token as it came, without the word Bearer
     * @return who sent it
     * @throws InvalidTokenException    if the token is not accepted
     * @throws KeysUnavailableException if it cannot be judged because the provider is unavailable
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
        Caller caller = rules.caller(claims);
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
            throw new InvalidTokenException("The token requires a header that is not supported.");
        }
    }

    private void checkSignature(SignedJWT jwt) throws InvalidTokenException, KeysUnavailableException {
        List<JWK> candidates = keys.matching(
                rules.keyIdsAreThoseOfTheKeys()
                        ? jwt.getHeader()
                        : new JWSHeader(jwt.getHeader().getAlgorithm()));
        for (JWK key : candidates) {
            try {
                if (jwt.verify(verifier(key))) {
                    return;
                }
            } catch (JOSEException e) {
                // A key that does not fit the algorithm (another curve, say) has not signed this token. The next one
                // may have.
            }
        }
        throw new InvalidTokenException(
                candidates.isEmpty() ? "The token's signing key is unknown." : "The token's signature is wrong.");
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
        return expiry.toInstant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
