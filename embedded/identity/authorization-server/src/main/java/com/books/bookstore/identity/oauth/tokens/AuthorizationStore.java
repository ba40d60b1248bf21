package com.books.bookstore.identity.oauth.tokens;

import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.signin.CurrentUsers;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps sign-ins with their codes and tokens, and adds to Spring's store what it lacks:
 * <ul>
 * <li>a code or refresh token is exchanged once, also when two requests bring it at the same moment;</li>
 * <li>a refresh token that comes back after it was exchanged ends the whole sign-in (OAuth 2.1, section 4.3.1), since either
 * the client or a thief now holds its successor;</li>
 * <li>a sign-in ends as soon as the user has lost access, or password, roles, email or state have changed;</li>
 * <li>a sign-in never yields a scope that the user's roles do not allow.</li>
 * </ul>
 * Thread safe.
 */
public final class AuthorizationStore implements OAuth2AuthorizationService {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationStore.class);

    private static final OAuth2TokenType ID_TOKEN = new OAuth2TokenType(OidcParameterNames.ID_TOKEN);

    /** The fingerprint of the presented code or refresh token, on its way from finding to saving; never stored. */
    private static final String PRESENTED = AuthorizationStore.class.getName() + ".presented";

    private final OAuth2AuthorizationService store;
    private final JdbcOperations jdbc;
    private final TransactionOperations transactions;
    private final CurrentUsers users;
    private final AccessLevels accessLevels;

    public AuthorizationStore(
            OAuth2AuthorizationService store,
            JdbcOperations jdbc,
            TransactionOperations transactions,
            CurrentUsers users,
            AccessLevels accessLevels) {
        this.store = store;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.users = users;
        this.accessLevels = accessLevels;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        String presented = authorization.getAttribute(PRESENTED);
        if (presented == null) {
            store.save(authorization);
            return;
        }
        OAuth2Authorization toKeep = OAuth2Authorization.from(authorization)
                .attributes(attributes -> attributes.remove(PRESENTED))
                .build();
        try {
            transactions.executeWithoutResult(status -> {
                jdbc.update(
                        "INSERT INTO spent_credential (fingerprint, authorization_id) VALUES (?, ?)",
                        presented,
                        toKeep.getId());
                store.save(toKeep);
            });
        } catch (DuplicateKeyException e) {
            endSignIn(toKeep);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        store.remove(authorization);
    }

    @Override
    public OAuth2Authorization findById(String id) {
        return store.findById(id);
    }

    @Override
    public OAuth2Authorization findByToken(String token, OAuth2TokenType tokenType) {
        OAuth2Authorization found = store.findByToken(token, tokenType);
        if (found == null) {
            if (OAuth2TokenType.REFRESH_TOKEN.equals(tokenType)) {
                endSignInOfSpent(token);
            }
            return null;
        }
        OAuth2Authorization.Builder result = OAuth2Authorization.from(found);
        if (isOfUser(found) && !ID_TOKEN.equals(tokenType)) {
            Optional<DirectoryUser> user = users.of(found.getAttribute(Principal.class.getName()));
            if (user.isEmpty()) {
                store.remove(found);
                return null;
            }
            result.authorizedScopes(allowedScopes(found, user.get()));
        }
        if (isExchangeable(found, tokenType)) {
            result.attribute(PRESENTED, fingerprint(token));
        }
        return result.build();
    }

    private static boolean isExchangeable(OAuth2Authorization found, OAuth2TokenType tokenType) {
        OAuth2Authorization.Token<? extends OAuth2Token> token = null;
        if (OAuth2TokenType.REFRESH_TOKEN.equals(tokenType)) {
            token = found.getRefreshToken();
        } else if (tokenType != null && OAuth2ParameterNames.CODE.equals(tokenType.getValue())) {
            token = found.getToken(OAuth2AuthorizationCode.class);
        }
        return token != null && token.isActive();
    }

    private static boolean isOfUser(OAuth2Authorization authorization) {
        return AuthorizationGrantType.AUTHORIZATION_CODE.equals(authorization.getAuthorizationGrantType());
    }

    private Set<String> allowedScopes(OAuth2Authorization authorization, DirectoryUser user) {
        Set<String> held = accessLevels.scopesOf(user.roles());
        return authorization.getAuthorizedScopes().stream()
                .filter(scope -> held.contains(scope) || !accessLevels.scopes().containsKey(scope))
                .collect(Collectors.toSet());
    }

    private void endSignInOfSpent(String token) {
        jdbc
                .queryForList(
                        "SELECT authorization_id FROM spent_credential WHERE fingerprint = ?",
                        String.class,
                        fingerprint(token))
                .stream()
                .map(store::findById)
                .filter(Objects::nonNull)
                .forEach(this::endSignIn);
    }

    private void endSignIn(OAuth2Authorization authorization) {
        store.remove(authorization);
        LOG.warn(
                "A code or refresh token of client {} was used twice: that sign-in has ended",
                authorization.getRegisteredClientId());
    }

    private static String fingerprint(String credential) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
