package com.books.bookstore.identity.oauth.tokens;

import com.books.bookstore.identity.oauth.signin.SignIn;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for public clients too: Spring's own generator leaves those without, but OAuth 2.1 (section 4.3.1)
 * allows them when each is good for one exchange. The lifetime counts from the moment when the password was checked: the user
 * signs in again after a fixed time, however often tokens were exchanged. Thread safe.
 */
public final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    private static final int TOKEN_BYTES = 48;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public RefreshTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        Instant now = clock.instant();
        return new OAuth2RefreshToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(token), now, end(context, now));
    }

    private static Instant end(OAuth2TokenContext context, Instant now) {
        OAuth2Authorization authorization = context.getAuthorization();
        if (authorization != null && authorization.getRefreshToken() != null) {
            return authorization.getRefreshToken().getToken().getExpiresAt();
        }
        Instant signedIn = SignIn.time(context.getPrincipal()).orElse(now);
        return signedIn.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive());
    }
}
