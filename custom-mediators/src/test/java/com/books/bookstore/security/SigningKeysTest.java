package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

/** Keys that come, go, and cannot be had. */
class SigningKeysTest {

    private final MutableClock clock = MutableClock.epochUTC();
    private final Tokens tokens = new Tokens(clock);
    private IdentityProvider provider;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        provider = new IdentityProvider(IdentityProvider.RSA.toPublicJWK());
        verifier = new TokenVerifier(
                Tokens.ISSUER, Tokens.AUDIENCE, Set.of("RS256"), Duration.ofSeconds(60), provider.jwksUri(), clock);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void readsTheKeysOnceForManyTokens() throws Exception {
        for (int i = 0; i < 10; i++) {
            String id = "token-" + i;
            verifier.verify(tokens.with(c -> c.jwtID(id)));
        }

        assertThat(provider.reads()).isEqualTo(1);
    }

    @Test
    void readsTheKeysAgainWhenTheProviderSignsWithANewOne() throws Exception {
        verifier.verify(tokens.valid());
        provider.publish(IdentityProvider.RSA.toPublicJWK(), IdentityProvider.OTHER_RSA.toPublicJWK());

        assertThat(verifier.verify(signedWithTheOtherKey(0)).subject()).isEqualTo("user-1");
        assertThat(provider.reads()).isEqualTo(2);
    }

    @Test
    void doesNotReadTheKeysForEveryInventedKeyId() throws Exception {
        verifier.verify(tokens.valid());
        for (int i = 0; i < 50; i++) {
            String invented = signedWithTheOtherKey(i);
            assertThatThrownBy(() -> verifier.verify(invented))
                    .isInstanceOf(InvalidTokenException.class)
                    .hasMessageContaining("unknown");
        }

        assertThat(provider.reads()).isEqualTo(2);
        assertThat(verifier.verify(tokens.with(c -> c.jwtID("still welcome")))).isNotNull();
    }

    @Test
    void aWithdrawnKeyStopsCountingEvenForTokensSeenBefore() throws Exception {
        String token = tokens.with(
                c -> c.expirationTime(java.util.Date.from(clock.instant().plus(Duration.ofHours(9)))));
        verifier.verify(token);
        provider.publish(IdentityProvider.OTHER_RSA.toPublicJWK());
        clock.add(SigningKeys.TIME_TO_LIVE.plusSeconds(1));

        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void theLastKeysStayGoodForAWhileWhenTheProviderIsAway() throws Exception {
        verifier.verify(tokens.valid());
        provider.goAway();
        clock.add(SigningKeys.TIME_TO_LIVE.plusMinutes(1));

        assertThat(verifier.verify(tokens.with(c -> c.jwtID("during the outage"))))
                .isNotNull();
    }

    @Test
    void withoutKeysNoTokenCanBeJudgedUntilTheProviderIsBack() throws Exception {
        provider.goAway();
        assertThatThrownBy(() -> verifier.verify(tokens.valid())).isInstanceOf(KeysUnavailableException.class);
        assertThatThrownBy(() -> verifier.verify(tokens.valid())).isInstanceOf(KeysUnavailableException.class);

        provider.comeBack();
        clock.add(SigningKeys.MIN_INTERVAL);
        assertThat(verifier.verify(tokens.valid()).subject()).isEqualTo("user-1");
    }

    @Test
    void manyStartersWithoutKeysDoNotFloodTheProvider() {
        provider.goAway();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> verifier.verify(tokens.valid())).isInstanceOf(KeysUnavailableException.class);
        }

        assertThat(provider.reads()).isLessThanOrEqualTo(2);
    }

    private String signedWithTheOtherKey(int number) {
        String keyId = number == 0 ? IdentityProvider.OTHER_RSA.getKeyID() : "invented-" + number;
        return Tokens.sign(
                Tokens.header(JWSAlgorithm.RS256, keyId).build(),
                tokens.claims(c -> {}),
                Tokens.signer(IdentityProvider.OTHER_RSA));
    }
}
