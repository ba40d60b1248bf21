package com.books.bookstore.identity.oauth.tokens;

import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.signin.CurrentUsers;
import com.books.bookstore.identity.oauth.signin.SignIn;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Claims of tokens, spelled as Identity Server spells them: in access tokens the scopes are one string, the audience starts
 * with the client's id, {@code aut} tells users from applications, and email and roles are included, as the user store has them at this
 * moment. Thread safe.
 */
public final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final CurrentUsers users;
    private final AccessLevels accessLevels;

    public TokenClaims(CurrentUsers users, AccessLevels accessLevels) {
        this.users = users;
        this.accessLevels = accessLevels;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            customizeAccessToken(context);
        } else {
            DirectoryUser user = user(context.getPrincipal(), OAuth2ErrorCodes.INVALID_GRANT);
            context.getClaims().claims(claims -> claims.putAll(profile(user, context.getAuthorizedScopes())));
            addTime(context);
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
        // Other tokens of applications are for the identity server's own APIs.
        if (!forApplication
                || !Collections.disjoint(
                        context.getAuthorizedScopes(), accessLevels.scopes().keySet())) {
            context.getClaims().audience(storable(List.of(clientId, accessLevels.audience())));
        }
        if (!forApplication) {
            DirectoryUser user = user(context.getPrincipal(), OAuth2ErrorCodes.INVALID_GRANT);
            if (!user.email().isEmpty()) {
                context.getClaims().claim("email", user.email());
            }
            context.getClaims().claim("roles", storable(user.roles()));
            addTime(context);
        }
    }

    /** When the password was checked, for those who want a recent sign-in (RFC 9068 section 2.2.1). */
    private static void addTime(JwtEncodingContext context) {
        SignIn.time(context.getPrincipal())
                .ifPresent(time -> context.getClaims().claim("auth_time", Date.from(time)));
    }

    /** The answer of the user-info endpoint. */
    public OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        Authentication signIn = context.getAuthorization().getAttribute(Principal.class.getName());
        DirectoryUser user = user(signIn, OAuth2ErrorCodes.INVALID_TOKEN);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user.id());
        claims.putAll(profile(user, context.getAccessToken().getScopes()));
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

    private DirectoryUser user(Authentication signIn, String errorCode) {
        return users.of(signIn).orElseThrow(() -> new OAuth2AuthenticationException(errorCode));
    }
}
