package com.books.bookstore.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Signing in at an identity server that answers as Identity Server 7 does, by its sources: the sign-in page with two fields for the name of
 * which a script fills in one, {@code /commonauth}, and the authentication API (identity-inbound-auth-oauth, ApiAuthnHandler).
 */
class SignInAtIdentityServerTest {

    private static final String BASIC = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("BasicAuthenticator:LOCAL".getBytes(StandardCharsets.UTF_8));
    private static final String PAGE = """
            <html><body><form action="/language" method="post"><input name="lang"></form>
            <form action="../commonauth" method="post" id="loginForm">
            <input type="text" id="usernameUserInput" name="usernameUserInput" value="">
            <input id="username" name="username" type="hidden" value="">
            <input type="password" name="password" value="">
            <input type='hidden' name='sessionDataKey' value='key-1'/></form></body></html>""";

    private HttpServer server;
    private Map<String, String> authorization = Map.of();
    private Map<String, String> redeemed = Map.of();
    private String issuerInAnswer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/oauth2/token", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/openid-configuration")) {
                answer(
                        exchange,
                        200,
                        "application/json",
                        "{\"issuer\":\"" + base() + "/oauth2/token\",\"authorization_endpoint\":\"" + base()
                                + "/oauth2/authorize\",\"token_endpoint\":\"" + base()
                                + "/oauth2/token\",\"response_types_supported\":[\"code\"]}");
                return;
            }
            redeemed = form(exchange);
            redeemed.put("client", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            boolean good = "password".equals(redeemed.get("grant_type"))
                    ? "secret".equals(redeemed.get("password"))
                    : "code-1".equals(redeemed.get("code"));
            if (good) {
                answer(
                        exchange,
                        200,
                        "application/json",
                        "{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":900}");
            } else {
                answer(
                        exchange,
                        400,
                        "application/json",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"Authentication failed\"}");
            }
        });
        server.createContext("/oauth2/authorize", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                authorization = form(exchange);
                answer(
                        exchange,
                        200,
                        "application/json",
                        "{\"flowId\":\"flow-1\",\"flowStatus\":\"INCOMPLETE\",\"flowType\":\"AUTHENTICATION\",\"nextStep\":{"
                                + "\"stepType\":\"MULTI_OPTIONS_PROMPT\",\"authenticators\":[{\"authenticatorId\":\"RklET0F1dGhlbnRpY2F0b3I6TE9DQUw\"},{\"authenticatorId\":\""
                                + BASIC
                                + "\",\"authenticator\":\"Username & Password\",\"idp\":\"LOCAL\"}]},\"links\":[{\"name\":\"authentication\",\"href\":\""
                                + base() + "/oauth2/authn\",\"method\":\"POST\"}]}");
                return;
            }
            Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
            if (query.containsKey("sessionDataKey")) {
                redirect(
                        exchange,
                        authorization.get("redirect_uri") + "?code=code-1&state=" + authorization.get("state")
                                + (issuerInAnswer == null ? "" : "&iss=" + issuerInAnswer));
            } else if ("unknown".equals(query.get("client_id"))) {
                redirect(exchange, query.get("redirect_uri") + "?error=invalid_scope&state=" + query.get("state"));
            } else {
                authorization = query;
                redirect(exchange, "/authenticationendpoint/login.do?sessionDataKey=key-1");
            }
        });
        server.createContext(
                "/authenticationendpoint/login.do",
                exchange -> answer(exchange, 200, "text/html; charset=UTF-8", PAGE));
        server.createContext("/commonauth", exchange -> {
            Map<String, String> form = form(exchange);
            boolean good = "jane".equals(form.get("username"))
                    && "secret".equals(form.get("password"))
                    && "key-1".equals(form.get("sessionDataKey"));
            redirect(
                    exchange,
                    good
                            ? "/oauth2/authorize?sessionDataKey=key-2"
                            : "/authenticationendpoint/login.do?authFailure=true");
        });
        server.createContext("/oauth2/authn", exchange -> {
            boolean good = body(exchange)
                    .equals(Map.of(
                            "flowId",
                            "flow-1",
                            "selectedAuthenticator",
                            Map.of(
                                    "authenticatorId",
                                    BASIC,
                                    "params",
                                    Map.of("username", "jane", "password", "secret"))));
            answer(
                    exchange,
                    200,
                    "application/json",
                    good
                            ? "{\"flowStatus\":\"SUCCESS_COMPLETED\",\"authData\":{\"code\":\"code-1\",\"session_state\":\"s\"}}"
                            : "{\"flowId\":\"flow-1\",\"flowStatus\":\"FAIL_INCOMPLETE\",\"nextStep\":{\"messages\":[{\"type\":\"ERROR\",\"message\":\"Invalid username or password.\"}]}}");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theSignInPageIsFilledIn() throws Exception {
        assertThat(accessToken(client(), "secret", "openid orders:read")).isEqualTo("token-1");

        assertThat(authorization)
                .containsEntry("client_id", "tests")
                .containsEntry("scope", "openid orders:read")
                .containsEntry("code_challenge_method", "S256");
        assertThatTheProofFits();
        assertThat(redeemed).containsEntry("client_id", "tests").containsEntry("client", "null");
    }

    @Test
    void theAuthenticationApiIsAskedForUserNameAndPassword() throws Exception {
        assertThat(accessToken(client().way(SignInWay.APP_NATIVE).clientSecret("hush"), "secret", "openid"))
                .isEqualTo("token-1");

        assertThat(authorization).containsEntry("response_mode", "direct").containsEntry("client_id", "tests");
        assertThatTheProofFits();
        assertThat(redeemed.get("client")).startsWith("Basic ");
    }

    @Test
    void theGrantForTestsNeedsNoPage() throws Exception {
        SignInClient.Builder client = SignInClient.atTokenEndpoint(URI.create(base() + "/oauth2/token"))
                .client("tests");

        assertThat(accessToken(client, "secret", "openid orders:read")).isEqualTo("token-1");
        assertThat(redeemed).containsEntry("grant_type", "password").containsEntry("scope", "openid orders:read");
    }

    @ParameterizedTest
    @EnumSource(SignInWay.class)
    void aWrongPasswordIsRefused(SignInWay way) {
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> accessToken(client().way(way), "wrong", "openid"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.REFUSED));
    }

    @Test
    void wrongSettingsAreToldFromAWrongPassword() {
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> accessToken(client().client("unknown"), "secret", "openid"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNKNOWN_SCOPE));
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> accessToken(
                        SignInClient.at(URI.create(base() + "/elsewhere")).client("tests"), "secret", "openid"))
                .withMessageContaining("404")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNEXPECTED));
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() {
        issuerInAnswer = "https://evil.example";

        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> accessToken(client(), "secret", "openid"))
                .withMessageContaining("https://evil.example")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNEXPECTED));
    }

    @Test
    void aServerThatCannotBeReachedIsNamed() {
        server.stop(0);

        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> accessToken(client(), "secret", "openid"))
                .withMessageContaining("localhost:")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNAVAILABLE));
    }

    private void assertThatTheProofFits() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(redeemed.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                .isEqualTo(authorization.get("code_challenge"));
    }

    private SignInClient.Builder client() {
        return SignInClient.at(URI.create(base() + "/oauth2/token")).client("tests");
    }

    private static String accessToken(SignInClient.Builder client, String password, String scopes)
            throws SignInException {
        return client.build()
                .signIn("jane", password, List.of(scopes.split(" ")))
                .accessToken();
    }

    private static Map<String, Object> body(HttpExchange exchange) throws IOException {
        try {
            return JSONObjectUtils.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    private String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        return parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String encoded) {
        return new HashMap<>(Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1]))));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
