package com.books.bookstore.security;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The identity provider's public keys, read from its JWKS address.
 *
 * <p>They are kept for {@link #TIME_TO_LIVE}. A token signed with a key that is not among them makes them be read again at once, for
 * the provider may have changed its keys, but at most twice in {@link #MIN_INTERVAL}: any caller can invent key ids. If the provider
 * is unavailable, the last keys stay good for {@link #OUTAGE_TOLERANCE}. Thread-safe.
 */
final class SigningKeys {

    static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    static final Duration OUTAGE_TOLERANCE = Duration.ofHours(1);

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int READ_TIMEOUT_MS = 3_000;
    private static final int MAX_BYTES = 256 * 1024;
    /** How long threads wait for the one that reads the keys. */
    private static final int REFRESH_TIMEOUT_MS = CONNECT_TIMEOUT_MS + READ_TIMEOUT_MS + 1_000;

    private final JWKSetSource<SecurityContext> source;
    private final Clock clock;

    SigningKeys(URL jwksUri, Clock clock) {
        this(
                new URLBasedJWKSetSource<>(
                        jwksUri, new DefaultResourceRetriever(CONNECT_TIMEOUT_MS, READ_TIMEOUT_MS, MAX_BYTES)),
                clock);
    }

    SigningKeys(JWKSetSource<SecurityContext> origin, Clock clock) {
        this.source = new CachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(origin, OUTAGE_TOLERANCE.toMillis(), null),
                        MIN_INTERVAL.toMillis(),
                        null),
                TIME_TO_LIVE.toMillis(),
                REFRESH_TIMEOUT_MS,
                null);
        this.clock = clock;
    }

    /**
     * @return the keys that may have signed a token with this header, empty if the provider has none
     * @throws KeysUnavailableException if the provider's keys cannot be read
     */
    List<JWK> matching(JWSHeader header) throws KeysUnavailableException {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        try {
            JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
            List<JWK> matches = selector.select(known);
            return matches.isEmpty() ? afterRefresh(selector, known) : matches;
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        }
    }

    private List<JWK> afterRefresh(JWKSelector selector, JWKSet known) throws KeySourceException {
        try {
            return selector.select(
                    source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), clock.millis(), null));
        } catch (RateLimitReachedException e) {
            // The keys were read a moment ago and this one was not there.
            return List.of();
        }
    }
}
