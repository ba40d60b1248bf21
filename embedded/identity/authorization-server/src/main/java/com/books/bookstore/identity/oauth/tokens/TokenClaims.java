package com.books.bookstore.identity.oauth.tokens;

import com.books.bookstore.identity.oauth.store.SignedInUsers;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Claims of tokens, spelled as Identity Server spells them: in access tokens the scopes are one string, the audience starts
 * with the client's id, {@code aut} tells users from applications, and the mail address and roles are included. Thread safe.
 */
public final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final SignedInUsers users;
    private final String audience;

    public TokenClaims(SignedInUsers users, String audience) {
        this.users = users;
        this.audience = audience;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            customizeAccessToken(context);
        } else {
            user(context.getPrincipal().getName())
                    .ifPresent(user -> context.getClaims()
                            .claims(claims -> claims.putAll(profile(user, context.getAuthorizedScopes()))));
        }
    }

    private void customizeAccessToken(JwtEncodingContext context) {
        context.getJwsHeader().type("at+jwt");
        String clientId = context.getRegisteredClient().getClientId();
        boolean forApplication = AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType());
        context.getClaims()
                .claim("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())))
                .claim("client_id", clientId)
                .claim("azp", clientId)
                .claim("aut", forApplication ? "APPLICATION" : "APPLICATION_USER");
        if (!forApplication) {
            // The bookstore's APIs serve users; an application's own token is for the identity server's APIs.
            context.getClaims().audience(storable(List.of(clientId, audience)));
            user(context.getPrincipal().getName()).ifPresent(user -> {
                if (!user.email().isEmpty()) {
                    context.getClaims().claim("email", user.email());
                }
                context.getClaims().claim("roles", storable(user.roles()));
            });
        }
    }

    /** The answer of the user-info endpoint. */
    public OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        String id = context.getAuthorization().getPrincipalName();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", id);
        user(id).ifPresent(user ->
                claims.putAll(profile(user, context.getAccessToken().getScopes())));
        return new OidcUserInfo(claims);
    }

    private static Map<String, Object> profile(DirectoryUser user, Set<String> scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (scopes.contains("profile")) {
            claims.put("username", user.userName());
            claims.put("given_name", user.givenName());
            claims.put("family_name", user.familyName());
        }
        if (scopes.contains("email")) {
            claims.put("email", user.email());
        }
        if (scopes.contains("roles")) {
            claims.put("roles", storable(user.roles()));
        }
        claims.values().removeIf(value -> "".equals(value));
        return claims;
    }

    /** Spring stores claims with their Java types, and reads back only those that it trusts. */
    private static List<String> storable(List<String> values) {
        return new ArrayList<>(values);
    }

    private Optional<DirectoryUser> user(String id) {
        return users.find(id);
    }
}
