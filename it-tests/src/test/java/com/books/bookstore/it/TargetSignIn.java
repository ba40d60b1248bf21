package com.books.bookstore.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.FormElement;

/**
 * Signs people in at the identity server of a target, without a browser. Thread-safe. It can be done in these ways:
 *
 * <ul>
 * <li>{@code form}: authorization code with PKCE; fills in the sign-in page, whatever it looks like, if it has a form with a password field.
 * For Identity Server and for the embedded one.</li>
 * <li>{@code app-native}: authorization code with PKCE and {@code response_mode=direct}, the authentication API of Identity Server 7. The
 * application has to be allowed to use it.</li>
 * <li>{@code password}: the password grant, for a client that exists for tests only.</li>
 * </ul>
 */
final class TargetSignIn {

    static final List<String> WAYS = List.of("form", "app-native", "password");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_STEPS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    private final TargetSettings settings;
    private final SSLContext tls;
    private AuthorizationServerMetadata server;

    TargetSignIn(TargetSettings settings, SSLContext tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** The identity server does not let them in: a wrong password, or an account that is not approved. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** The identity server does not know one of the scopes that were asked for. */
    static final class UnknownScopeException extends TargetException {

        private static final long serialVersionUID = 1;

        UnknownScopeException(String message) {
            super(message);
        }
    }

    /** Whether the settings name an identity server at all. */
    static boolean isPossible(TargetSettings settings) {
        return settings.value("identity").isPresent()
                || settings.value("token.url").isPresent();
    }

    private String way() {
        String way = settings.value("sign-in").orElse(settings.value("identity").isPresent() ? "form" : "password");
        if (!WAYS.contains(way)) {
            throw new TargetException("sign-in is " + way + "; it can be " + String.join(", ", WAYS));
        }
        return way;
    }

    /**
     * An access token.
     *
     * @throws TargetException if the identity server cannot be used as it is set
     */
    String accessToken(String user, String password, String scopes) throws RefusedException {
        Scope scope = Scope.parse(scopes);
        try {
            switch (way()) {
                case "password":
                    return redeem(new ResourceOwnerPasswordCredentialsGrant(user, new Secret(password)), scope);
                case "app-native":
                    return byCode(
                            scope,
                            new ResponseMode("direct"),
                            request -> codeOfAuthenticationApi(request, user, password));
                default:
                    return byCode(scope, null, request -> codeOfSignInPage(request, user, password));
            }
        } catch (IOException | GeneralException e) {
            throw new TargetException("The identity server cannot be used: " + e.getMessage());
        }
    }

    private interface CodeSource {

        AuthorizationCode codeOf(AuthorizationRequest request) throws IOException, GeneralException, RefusedException;
    }

    private String byCode(Scope scope, ResponseMode mode, CodeSource source)
            throws IOException, GeneralException, RefusedException {
        CodeVerifier verifier = new CodeVerifier();
        AuthorizationRequest request = new AuthorizationRequest.Builder(ResponseType.CODE, client())
                .endpointURI(server().getAuthorizationEndpointURI())
                .redirectionURI(redirectUri())
                .scope(scope)
                .state(new State())
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .responseMode(mode)
                .build();
        return redeem(new AuthorizationCodeGrant(source.codeOf(request), redirectUri(), verifier), null);
    }

    /** Follows redirects and fills in the form until the server sends the user back to the client. */
    private AuthorizationCode codeOfSignInPage(AuthorizationRequest request, String user, String password)
            throws IOException, GeneralException, RefusedException {
        Connection session = Jsoup.newSession()
                .sslSocketFactory(tls.getSocketFactory())
                .timeout((int) PATIENCE.toMillis())
                .followRedirects(false)
                .ignoreHttpErrors(true)
                .ignoreContentType(true);
        URI address = request.toURI();
        Connection.Response answer = session.newRequest(address.toString()).execute();
        boolean filledIn = false;
        for (int step = 0; step < MOST_STEPS; step++) {
            String location = answer.header("Location");
            if (location != null) {
                address = address.resolve(location);
                if (address.toString().startsWith(redirectUri().toString())) {
                    return codeOf(address, request);
                }
                answer = session.newRequest(address.toString()).execute();
            } else if (filledIn) {
                throw new RefusedException(
                        "it answered " + answer.statusCode() + " to user name and password, with a page of its own");
            } else {
                Connection form = fillIn(address, answer, user, password);
                address = URI.create(form.request().url().toString());
                answer = form.execute();
                filledIn = true;
            }
        }
        throw new TargetException("The identity server redirects without end");
    }

    private static Connection fillIn(URI address, Connection.Response page, String user, String password)
            throws IOException {
        FormElement form = page.parse().select("form:has(input[type=password])").forms().stream()
                .findFirst()
                .orElseThrow(() -> new TargetException("The identity server answered " + page.statusCode() + " at "
                        + address.getRawPath() + " and shows no form with a password field"));
        Connection submission = form.submit();
        // Identity Server's page copies what is typed from the first to the second by a script.
        for (String field : List.of("usernameUserInput", "username", "password")) {
            submission.request().data().removeIf(entry -> entry.key().equals(field));
        }
        return submission.data("usernameUserInput", user).data("username", user).data("password", password);
    }

    private static AuthorizationCode codeOf(URI answer, AuthorizationRequest request) throws GeneralException {
        AuthorizationResponse response = AuthorizationResponse.parse(answer);
        if (!request.getState().equals(response.getState())) {
            throw new TargetException("The answer of the identity server does not belong to this sign-in");
        }
        if (!response.indicatesSuccess()) {
            throw refusal(
                    "The identity server refused the request: ",
                    response.toErrorResponse().getErrorObject());
        }
        return response.toSuccessResponse().getAuthorizationCode();
    }

    /**
     * Identity Server's authentication API: a flow that is told which of its authenticators to use. Written from the source of
     * identity-inbound-auth-oauth (ApiAuthnEndpoint, ApiAuthnHandler, AuthResponse) and its documentation.
     */
    private AuthorizationCode codeOfAuthenticationApi(AuthorizationRequest request, String user, String password)
            throws IOException, RefusedException {
        JsonNode flow = send(Jsoup.connect(request.getEndpointURI().toString())
                .requestBody(request.toQueryString())
                .header("Content-Type", "application/x-www-form-urlencoded"));
        String authenticator = StreamSupport.stream(
                        flow.at("/nextStep/authenticators").spliterator(), false)
                .map(offered -> offered.path("authenticatorId").asText())
                .filter(TargetSignIn::takesPasswords)
                .findFirst()
                .orElseThrow(() -> new TargetException("The first step of signing in takes no user name and password"));
        URI address = Optional.of(flow.at("/links/0/href").asText())
                .filter(link -> !link.isEmpty())
                .map(URI::create)
                .orElseGet(() -> request.getEndpointURI().resolve("authn"));
        JsonNode result = send(Jsoup.connect(address.toString())
                .header("Content-Type", "application/json")
                .requestBody(JSON.writeValueAsString(Map.of(
                        "flowId",
                        flow.path("flowId").asText(),
                        "selectedAuthenticator",
                        Map.of(
                                "authenticatorId",
                                authenticator,
                                "params",
                                Map.of("username", user, "password", password))))));
        String status = result.path("flowStatus").asText();
        if (status.startsWith("FAIL")) {
            throw new RefusedException(result.at("/nextStep/messages/0/message").asText(status));
        }
        if (!status.equals("SUCCESS_COMPLETED")) {
            throw new TargetException("The identity server asks for more than user name and password: "
                    + result.at("/nextStep/authenticators/0/authenticator").asText(status));
        }
        return new AuthorizationCode(result.at("/authData/code").asText());
    }

    /** The id of an authenticator is its name and its identity provider. */
    private static boolean takesPasswords(String authenticatorId) {
        return new String(Base64.getUrlDecoder().decode(authenticatorId), StandardCharsets.UTF_8)
                .startsWith("BasicAuthenticator:");
    }

    private JsonNode send(Connection request) throws IOException {
        Connection.Response answer = request.sslSocketFactory(tls.getSocketFactory())
                .timeout((int) PATIENCE.toMillis())
                .method(Connection.Method.POST)
                .header("Accept", "application/json")
                .followRedirects(false)
                .ignoreHttpErrors(true)
                .ignoreContentType(true)
                .execute();
        if (answer.statusCode() != 200 || !String.valueOf(answer.contentType()).startsWith("application/json")) {
            throw new TargetException("The identity server answered " + answer.statusCode() + " at "
                    + answer.url().getPath() + ": does the application allow app-native authentication?");
        }
        return JSON.readTree(answer.body());
    }

    private String redeem(AuthorizationGrant grant, Scope scope)
            throws IOException, GeneralException, RefusedException {
        URI endpoint = settings.value("token.url").map(URI::create).orElse(null);
        if (endpoint == null) {
            endpoint = server().getTokenEndpointURI();
        }
        Optional<String> secret = settings.value("client.secret");
        TokenRequest request = secret.isPresent()
                ? new TokenRequest.Builder(endpoint, new ClientSecretBasic(client(), new Secret(secret.get())), grant)
                        .scope(scope)
                        .build()
                : new TokenRequest.Builder(endpoint, client(), grant)
                        .scope(scope)
                        .build();
        var http = request.toHTTPRequest();
        http.setSSLSocketFactory(tls.getSocketFactory());
        http.setConnectTimeout((int) PATIENCE.toMillis());
        http.setReadTimeout((int) PATIENCE.toMillis());
        TokenResponse response = TokenResponse.parse(http.send());
        if (response.indicatesSuccess()) {
            return response.toSuccessResponse().getTokens().getAccessToken().getValue();
        }
        ErrorObject error = response.toErrorResponse().getErrorObject();
        if (OAuth2Error.INVALID_GRANT.getCode().equals(error.getCode())) {
            throw new RefusedException(sentence(error));
        }
        throw refusal("The token endpoint answered " + error.getHTTPStatusCode() + ": ", error);
    }

    private static TargetException refusal(String beginning, ErrorObject error) {
        String message = beginning + sentence(error);
        return OAuth2Error.INVALID_SCOPE.getCode().equals(error.getCode())
                ? new UnknownScopeException(message)
                : new TargetException(message);
    }

    private static String sentence(ErrorObject error) {
        return error.getDescription() == null
                ? String.valueOf(error.getCode())
                : error.getCode() + ", " + error.getDescription();
    }

    private ClientID client() {
        return new ClientID(settings.required("client.id", "the application that the tests sign people in with"));
    }

    private URI redirectUri() {
        return URI.create(settings.value("redirect.uri").orElse("http://127.0.0.1/callback"));
    }

    /** What the identity server says of itself. */
    synchronized AuthorizationServerMetadata server() throws IOException, GeneralException {
        if (server == null) {
            String address = settings.required(
                            "identity", "the issuer, such as https://is.example.com:9443/oauth2/token")
                    .replaceFirst("/+$", "");
            Connection.Response answer = Jsoup.connect(address + "/.well-known/openid-configuration")
                    .sslSocketFactory(tls.getSocketFactory())
                    .timeout((int) PATIENCE.toMillis())
                    .ignoreContentType(true)
                    .ignoreHttpErrors(true)
                    .execute();
            if (answer.statusCode() != 200) {
                throw new TargetException(
                        answer.url() + " answered " + answer.statusCode() + ": is identity the issuer?");
            }
            server = AuthorizationServerMetadata.parse(answer.body());
        }
        return server;
    }
}
