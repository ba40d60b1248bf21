package com.books.bookstore.identity.oauth.protocol;

import java.util.Map;
import java.util.Set;

/** Paths: those of WSO2 Identity Server where it has the endpoint. */
public final class Endpoints {

    public static final String AUTHORIZATION = "/oauth2/authorize";
    public static final String TOKEN = "/oauth2/token";
    public static final String REVOCATION = "/oauth2/revoke";
    public static final String INTROSPECTION = "/oauth2/introspect";
    public static final String JWKS = "/oauth2/jwks";
    public static final String USER_INFO = "/oauth2/userinfo";
    public static final String LOGOUT = "/oidc/logout";
    public static final String DISCOVERY = "/oauth2/token/.well-known/openid-configuration";
    /** The second address under which Identity Server serves the same document. */
    public static final String DISCOVERY_ALIAS = "/oauth2/oidcdiscovery/.well-known/openid-configuration";
    /** Where RFC 8414 puts the document of an issuer with a path. */
    public static final String METADATA = "/.well-known/oauth-authorization-server/oauth2/token";

    public static final String LOGIN = "/login";
    public static final String STYLE_SHEET = "/login.css";
    public static final String HOME = "/";

    /** A user's own account, where Identity Server has its My Account. */
    public static final String MY_ACCOUNT = "/myaccount";
    /** Where Identity Server asks for the address of a forgotten password. */
    public static final String RECOVERY = "/accountrecoveryendpoint/recoverpassword.do";
    /** Where the links of Identity Server's recovery emails lead. */
    public static final String NEW_PASSWORD = "/accountrecoveryendpoint/confirmrecovery.do";

    /** What a server that does not change accounts leaves out. */
    public static final Set<String> FOR_ACCOUNTS = Set.of(MY_ACCOUNT, RECOVERY, NEW_PASSWORD);

    /** Every path that is served, with its methods. What is not here is not found. */
    public static final Map<String, Set<String>> METHODS = Map.ofEntries(
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
            Map.entry(MY_ACCOUNT, Set.of("GET", "POST")),
            Map.entry(RECOVERY, Set.of("GET", "POST")),
            Map.entry(NEW_PASSWORD, Set.of("GET", "POST")),
            Map.entry(STYLE_SHEET, Set.of("GET")),
            Map.entry(HOME, Set.of("GET")));

    /** What scripts of other origins may call when the settings name their origin. */
    public static final Set<String> FOR_SCRIPTS =
            Set.of(TOKEN, REVOCATION, JWKS, USER_INFO, DISCOVERY, DISCOVERY_ALIAS, METADATA);

    /** Where programs and not browsers send requests. */
    public static final Set<String> FOR_CLIENTS = Set.of(TOKEN, REVOCATION, INTROSPECTION);

    private Endpoints() {}

    /** The issuer of the server at this address, such as {@code https://localhost:9443}. */
    public static String issuer(String address) {
        return address + TOKEN;
    }
}
