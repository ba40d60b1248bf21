package com.books.bookstore.identity.oauth.clients;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a public client name itself wherever it redeems no code: to exchange a refresh token, to revoke a token, and with a grant
 * type that is missing or unknown, which then gets the error of RFC 6749. Spring knows public clients only when they redeem a code,
 * where their code verifier speaks for them. Thread safe.
 */
public final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private final RegisteredClientRepository clients;

    public PublicClients(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public Authentication convert(HttpServletRequest request) {
        if (!isForPublicClients(request)
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null) {
            return null;
        }
        String[] clientIds = request.getParameterValues("client_id");
        if (clientIds == null || clientIds.length != 1 || clientIds[0].isBlank()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new NamedClient(clientIds[0]);
    }

    /** With a code, the code verifier has to speak for the client: that is Spring's. Without a grant type there is no code. */
    private static boolean isForPublicClients(HttpServletRequest request) {
        return Endpoints.REVOCATION.equals(request.getServletPath())
                || (Endpoints.TOKEN.equals(request.getServletPath())
                        && !AuthorizationGrantType.AUTHORIZATION_CODE
                                .getValue()
                                .equals(request.getParameter("grant_type")));
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        RegisteredClient client = clients.findByClientId(authentication.getName());
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return NamedClient.class.isAssignableFrom(authentication);
    }

    private static final class NamedClient extends OAuth2ClientAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private NamedClient(String clientId) {
            super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
        }
    }
}
