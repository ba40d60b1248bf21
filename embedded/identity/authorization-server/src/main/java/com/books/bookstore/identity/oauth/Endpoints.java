package com.books.bookstore.identity.oauth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Paths, those of WSO2 Identity Server where it has the endpoint, and the discovery document that names them. */
final class Endpoints {

    static final String AUTHORIZATION = "/oauth2/authorize";
    static final String TOKEN = "/oauth2/token";
    static final String REVOCATION = "/oauth2/revoke";
    static final String INTROSPECTION = "/oauth2/introspect";
    static final String JWKS = "/oauth2/jwks";
    static final String USER_INFO = "/oauth2/userinfo";
    static final String LOGOUT = "/oidc/logout";
    static final String DISCOVERY = "/oauth2/token/.well-known/openid-configuration";
    /** The second address under which Identity Server serves the same document. */
    static final String DISCOVERY_ALIAS = "/oauth2/oidcdiscovery/.well-known/openid-configuration";
    /** Where RFC 8414 puts the document of an issuer with a path. */
    static final String METADATA = "/.well-known/oauth-authorization-server/oauth2/token";

    static final String LOGIN = "/login";
    static final String STYLE_SHEET = "/login.css";
    static final String HOME = "/";

    /** Every path that is served, with its methods. What is not here is not found. */
    static final Map<String, Set<String>> METHODS = Map.ofEntries(
            Map.entry(AUTHORIZATION, Set.of("GET", "POST")),
            Map.entry(TOKEN, Set.of("POST")),
            Map.entry(REVOCATION, Set.of("POST")),
            Map.entry(INTROSPECTION, Set.of("POST")),
            Map.entry(JWKS, Set.of("GET")),
            Map.entry(USER_INFO, Set.of("GET", "POST")),
            Map.entry(LOGOUT, Set.of("GET", "POST")),
            Map.entry(DISCOVERY, Set.of("GET")),
            Map.entry(DISCOVERY_ALIAS, Set.of("GET")),
            Map.entry(METADATA, Set.of("GET")),
            Map.entry(LOGIN, Set.of("GET", "POST")),
            Map.entry(STYLE_SHEET, Set.of("GET")),
            Map.entry(HOME, Set.of("GET")));

    /** What scripts of other origins may call when the settings name their origin. */
    static final Set<String> FOR_SCRIPTS =
            Set.of(TOKEN, REVOCATION, JWKS, USER_INFO, DISCOVERY, DISCOVERY_ALIAS, METADATA);

    private Endpoints() {}

    /** The issuer of the server at this address, such as {@code https://localhost:9443}. */
    static String issuer(String address) {
        return address + TOKEN;
    }

    static Map<String, Object> discoveryDocument(String address, AccessLevels accessLevels) {
        List<String> scopes = new ArrayList<>(ClientRegistrations.PROFILE_SCOPES);
        scopes.addAll(accessLevels.scopes().keySet());
        List<String> clientAuthentication = List.of("client_secret_basic", "client_secret_post", "none");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer(address));
        document.put("authorization_endpoint", address + AUTHORIZATION);
        document.put("token_endpoint", address + TOKEN);
        document.put("jwks_uri", address + JWKS);
        document.put("userinfo_endpoint", address + USER_INFO);
        document.put("end_session_endpoint", address + LOGOUT);
        document.put("revocation_endpoint", address + REVOCATION);
        document.put("introspection_endpoint", address + INTROSPECTION);
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
        document.put("request_parameter_supported", false);
        document.put("request_uri_parameter_supported", false);
        return document;
    }
}
