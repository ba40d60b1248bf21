package com.books.bookstore.identity.oauth.clients;

import com.books.bookstore.embedded.PrivateFiles;
import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.protocol.OpenIdScopes;
import com.books.bookstore.identity.oauth.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Registers the bookstore's own clients at every start, so that changed settings take effect, and keeps their secrets. */
public final class ClientRegistrations {

    private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);
    private static final int SECRET_BYTES = 32;

    private ClientRegistrations() {}

    /**
     * The secret of every confidential client, by client id: the one of the settings, else the one kept in the directory, else
     * a new one that is kept from now on.
     */
    public static Map<String, String> secrets(Path directory, ServerSettings settings) throws IOException {
        PrivateFiles.createDirectory(directory);
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String clientId : settings.serviceClients().keySet()) {
            if (!clientId.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("A client id consists of letters, digits, - and _: " + clientId);
            }
            Path file = directory.resolve(clientId + ".secret");
            String secret = settings.clientSecrets().get(clientId);
            if (secret == null) {
                secret = Files.exists(file) ? Files.readString(file).strip() : newSecret();
            }
            PrivateFiles.write(file, secret + "\n");
            secrets.put(clientId, secret);
        }
        return secrets;
    }

    private static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    public static void register(
            ServerSettings settings,
            Map<String, String> secrets,
            AccessLevels accessLevels,
            PasswordEncoder encoder,
            RegisteredClientRepository clients) {
        clients.save(webClient(settings, accessLevels));
        settings.serviceClients()
                .forEach((clientId, scopes) ->
                        clients.save(serviceClient(settings, clientId, scopes, encoder.encode(secrets.get(clientId)))));
    }

    private static RegisteredClient webClient(ServerSettings settings, AccessLevels accessLevels) {
        return RegisteredClient.withId(ServerSettings.WEB_CLIENT)
                .clientId(ServerSettings.WEB_CLIENT)
                .clientName("books.com storefront and command line")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(settings.webRedirectUris()))
                .postLogoutRedirectUris(uris -> {
                    uris.addAll(settings.webRedirectUris());
                    settings.webOrigins().forEach(origin -> uris.add(origin + "/"));
                })
                .scopes(scopes -> {
                    scopes.addAll(OpenIdScopes.ALL);
                    scopes.addAll(accessLevels.scopesOfUsers());
                })
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(tokenSettings(settings))
                .build();
    }

    private static RegisteredClient serviceClient(
            ServerSettings settings, String clientId, Set<String> allowedScopes, String secretHash) {
        return RegisteredClient.withId(clientId)
                .clientId(clientId)
                .clientName(clientId)
                .clientSecret(secretHash)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(allowedScopes))
                .tokenSettings(tokenSettings(settings))
                .build();
    }

    private static TokenSettings tokenSettings(ServerSettings settings) {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(CODE_LIFETIME)
                .accessTokenTimeToLive(settings.accessTokenLifetime())
                .refreshTokenTimeToLive(settings.signInLifetime())
                .reuseRefreshTokens(false)
                .build();
    }
}
