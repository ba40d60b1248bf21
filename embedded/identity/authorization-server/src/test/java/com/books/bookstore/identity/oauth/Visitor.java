package com.books.bookstore.identity.oauth;

import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone with a browser's cookies who sends requests one by one and follows no redirect unasked. */
final class Visitor {

    static final String CALLBACK = "http://127.0.0.1:41234/callback";
    static final String VERIFIER = "a-code-verifier-that-is-long-enough-for-the-specification";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI base;
    private final HttpClient http;

    private Visitor(URI base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    /** Over https, trusting the server's own authority. */
    static Visitor of(AuthorizationServer server) {
        return new Visitor(
                server.httpsAddress(),
                HttpClient.newBuilder()
                        .sslContext(server.clientSslContext())
                        .cookieHandler(new CookieManager())
                        .build());
    }

    /** Over plain http. */
    static Visitor inTheClear(AuthorizationServer server) {
        return new Visitor(
                server.httpAddress().orElseThrow(),
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
    }

    /** Parameters of a request: names and values in turn. */
    static Map<String, String> with(String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String basic(String clientId, String secret) {
        return "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static String error(HttpResponse<String> response) {
        return json(response).path("error").asString("");
    }

    static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the server sent the user back with. */
    static Map<String, String> answer(HttpResponse<String> redirect) {
        Map<String, String> answer = new HashMap<>();
        String query = URI.create(redirect.headers().firstValue("Location").orElseThrow())
                .getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            answer.put(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
        }
        return answer;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> get(String path, String bearerToken) {
        return send(request(path).header("Authorization", "Bearer " + bearerToken));
    }

    HttpResponse<String> post(String path, Map<String, String> parameters) {
        return postBody(path, form(parameters));
    }

    HttpResponse<String> postBody(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> postAs(String clientId, String secret, String path, Map<String, String> parameters) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", basic(clientId, secret))
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters))));
    }

    /** A sound request of the web client; a change with the value null takes the parameter out. */
    static Map<String, String> authorizationRequest(Map<String, String> changes) {
        Map<String, String> request = with(
                "response_type",
                "code",
                "client_id",
                ServerSettings.WEB_CLIENT,
                "redirect_uri",
                CALLBACK,
                "scope",
                "openid orders:read",
                "state",
                "the state",
                "nonce",
                "the-nonce",
                "code_challenge",
                challenge(VERIFIER),
                "code_challenge_method",
                "S256");
        apply(changes, request);
        return request;
    }

    private static void apply(Map<String, String> changes, Map<String, String> request) {
        changes.forEach((name, value) -> {
            if (value == null) {
                request.remove(name);
            } else {
                request.put(name, value);
            }
        });
    }

    HttpResponse<String> authorize(Map<String, String> changes) {
        return get("/oauth2/authorize?" + form(authorizationRequest(changes)));
    }

    HttpResponse<String> submitLogin(String userName, String password) {
        Matcher csrf = CSRF.matcher(get("/login").body());
        if (!csrf.find()) {
            throw new IllegalStateException("No CSRF token in the sign-in form");
        }
        return post("/login", with("username", userName, "password", password, "_csrf", csrf.group(1)));
    }

    /** Signs in and returns the redirect to the client. */
    HttpResponse<String> signIn(String userName, Map<String, String> changes) {
        return signIn(userName, userName, changes);
    }

    HttpResponse<String> signIn(String userName, String password, Map<String, String> changes) {
        authorize(changes);
        HttpResponse<String> signedIn = submitLogin(userName, password);
        URI next = base.resolve(signedIn.headers().firstValue("Location").orElseThrow());
        return send(HttpRequest.newBuilder(next));
    }

    String code(String userName, Map<String, String> changes) {
        return answer(signIn(userName, changes)).get("code");
    }

    /** Redeems a code as a sound client does, but for the changes. */
    HttpResponse<String> redeem(String code, Map<String, String> changes) {
        Map<String, String> request = with(
                "grant_type",
                "authorization_code",
                "client_id",
                ServerSettings.WEB_CLIENT,
                "redirect_uri",
                CALLBACK,
                "code",
                code,
                "code_verifier",
                VERIFIER);
        apply(changes, request);
        return post("/oauth2/token", request);
    }

    /** The token response of a sound sign-in for these scopes. */
    JsonNode tokens(String userName, String scope) {
        return json(redeem(code(userName, with("scope", scope)), Map.of()));
    }

    HttpResponse<String> refresh(String refreshToken, Map<String, String> changes) {
        Map<String, String> request = with(
                "grant_type", "refresh_token", "client_id", ServerSettings.WEB_CLIENT, "refresh_token", refreshToken);
        apply(changes, request);
        return post("/oauth2/token", request);
    }
}
