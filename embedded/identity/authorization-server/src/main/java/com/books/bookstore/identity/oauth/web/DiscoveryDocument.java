package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.protocol.JsonAnswers;
import com.books.bookstore.identity.oauth.protocol.OpenIdScopes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves the discovery document. Spring's own would place the endpoints below the issuer, whose path Identity Server has but
 * does not put before its endpoints. Thread safe.
 */
public final class DiscoveryDocument extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> document;

    /** @param address scheme, host and port, such as {@code https://localhost:9443} */
    public DiscoveryDocument(String address, AccessLevels accessLevels) {
        this.document = document(address, accessLevels);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswers.send(response, document);
    }

    private static Map<String, Object> document(String address, AccessLevels accessLevels) {
        List<String> scopes = new ArrayList<>(OpenIdScopes.ALL);
        scopes.addAll(accessLevels.scopesOfUsers());
        List<String> clientAuthentication = List.of("client_secret_basic", "client_secret_post", "none");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", Endpoints.issuer(address));
        document.put("authorization_endpoint", address + Endpoints.AUTHORIZATION);
        document.put("token_endpoint", address + Endpoints.TOKEN);
        document.put("jwks_uri", address + Endpoints.JWKS);
        document.put("userinfo_endpoint", address + Endpoints.USER_INFO);
        document.put("end_session_endpoint", address + Endpoints.LOGOUT);
        document.put("revocation_endpoint", address + Endpoints.REVOCATION);
        document.put("introspection_endpoint", address + Endpoints.INTROSPECTION);
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("token_endpoint_auth_methods_supported", clientAuthentication);
        document.put("revocation_endpoint_auth_methods_supported", clientAuthentication);
        document.put(
                "introspection_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("scopes_supported", scopes);
        document.put(
                "claims_supported",
                List.of(
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "auth_time",
                        "nonce",
                        "email",
                        "username",
                        "given_name",
                        "family_name",
                        "roles"));
        document.put("prompt_values_supported", List.of("none", "login", "select_account"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("request_parameter_supported", false);
        document.put("request_uri_parameter_supported", false);
        return document;
    }
}
