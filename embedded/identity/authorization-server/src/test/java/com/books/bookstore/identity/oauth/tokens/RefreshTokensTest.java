package com.books.bookstore.identity.oauth.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;

class RefreshTokensTest {

    private static final Instant SIGNED_IN = Instant.parse("2026-11-22T12:00:00Z");
    private static final RegisteredClient CLIENT = RegisteredClient.withId("web")
            .clientId("web")
            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("http://127.0.0.1/callback")
            .tokenSettings(TokenSettings.builder()
                    .refreshTokenTimeToLive(Duration.ofHours(24))
                    .build())
            .build();

    private static OAuth2RefreshToken generate(Instant now, OAuth2RefreshToken predecessor) {
        OAuth2Authorization.Builder authorization = OAuth2Authorization.withRegisteredClient(CLIENT)
                .principalName("ada")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE);
        if (predecessor != null) {
            authorization.refreshToken(predecessor);
        }
        return new RefreshTokens(Clock.fixed(now, ZoneOffset.UTC))
                .generate(DefaultOAuth2TokenContext.builder()
                        .registeredClient(CLIENT)
                        .authorization(authorization.build())
                        .tokenType(OAuth2TokenType.REFRESH_TOKEN)
                        .build());
    }

    @Test
    void refreshing_does_not_prolong_a_sign_in() {
        OAuth2RefreshToken first = generate(SIGNED_IN, null);
        OAuth2RefreshToken second = generate(SIGNED_IN.plus(Duration.ofHours(23)), first);

        assertThat(first.getExpiresAt()).isEqualTo(SIGNED_IN.plus(Duration.ofHours(24)));
        assertThat(second.getExpiresAt()).isEqualTo(first.getExpiresAt());
        assertThat(second.getTokenValue()).isNotEqualTo(first.getTokenValue()).hasSize(64);
    }
}
