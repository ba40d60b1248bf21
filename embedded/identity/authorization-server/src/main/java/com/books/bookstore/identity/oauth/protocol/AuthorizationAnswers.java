package com.books.bookstore.identity.oauth.protocol;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/** Sends the user back to the client, with the issuer in every answer (RFC 9207). Thread safe. */
public final class AuthorizationAnswers {

    private final String issuer;

    public AuthorizationAnswers(String issuer) {
        this.issuer = issuer;
    }

    public void sendCode(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken answer =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", answer.getAuthorizationCode().getTokenValue());
        send(response, answer, parameters);
    }

    /** Without a client and redirect URI that belong together, the error is answered here, without a redirect. */
    public void sendError(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (!(reason instanceof OAuth2AuthorizationCodeRequestAuthenticationException refusal)
                || refusal.getAuthorizationCodeRequestAuthentication() == null
                || refusal.getAuthorizationCodeRequestAuthentication().getRedirectUri() == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        OAuth2Error error = refusal.getError();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.getErrorCode());
        parameters.put("error_description", error.getDescription());
        parameters.put("error_uri", error.getUri());
        send(response, refusal.getAuthorizationCodeRequestAuthentication(), parameters);
    }

    private void send(
            HttpServletResponse response,
            OAuth2AuthorizationCodeRequestAuthenticationToken answer,
            Map<String, String> parameters)
            throws IOException {
        parameters.put("state", answer.getState());
        parameters.put("iss", issuer);
        String query = parameters.entrySet().stream()
                .filter(parameter ->
                        parameter.getValue() != null && !parameter.getValue().isBlank())
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
        String redirectUri = answer.getRedirectUri();
        response.sendRedirect(redirectUri + (redirectUri.contains("?") ? "&" : "?") + query);
    }
}
