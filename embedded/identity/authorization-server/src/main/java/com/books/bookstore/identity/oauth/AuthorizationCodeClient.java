package com.books.bookstore.identity.oauth;

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
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs a user in without a browser: runs the authorization-code flow with PKCE, filling in the sign-in form itself, and
 * redeems the code. Each sign-in starts without cookies. Thread safe.
 */
public final class AuthorizationCodeClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_REDIRECTS = 10;
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN_FIELD = Pattern.compile("<input\\b[^>]*\\btype=\"hidden\"[^>]*>");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");
    private static final List<String> PROFILE_SCOPES = List.of("openid", "profile", "email");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI issuer;
    private final SSLContext tls;
    private final String clientId;
    private final String redirectUri;
    private final SecureRandom random = new SecureRandom();

    private AuthorizationCodeClient(URI issuer, SSLContext tls, String clientId, String redirectUri) {
        this.issuer = Objects.requireNonNull(issuer, "issuer");
        this.tls = Objects.requireNonNull(tls, "tls");
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /**
     * A client of the server with this issuer, such as {@code https://localhost:9443/oauth2/token}.
     *
     * @param tls has to trust the server
     */
    public static AuthorizationCodeClient of(URI issuer, SSLContext tls) {
        return new AuthorizationCodeClient(
                issuer, tls, ServerSettings.WEB_CLIENT, ServerSettings.LOOPBACK_REDIRECT_URI);
    }

    /**
     * A client that trusts the certificate authority in this PEM file and no other.
     *
     * @throws IOException when the file cannot be read as a certificate
     */
    public static AuthorizationCodeClient of(URI issuer, Path caFile) throws IOException {
        return of(issuer, TlsIdentity.trusting(caFile));
    }

    /** The same under another registration; needed where {@code bookstore-web} is not the client's id. */
    public AuthorizationCodeClient as(String otherClientId, String otherRedirectUri) {
        return new AuthorizationCodeClient(issuer, tls, otherClientId, otherRedirectUri);
    }

    /** Signs in for every scope of the bookstore; the server grants those that the user's roles allow. */
    public TokenSet signIn(String userName, String password) throws SignInException {
        List<String> scopes = new ArrayList<>(PROFILE_SCOPES);
        scopes.addAll(AccessLevels.load().scopes().keySet());
        return signIn(userName, password, scopes);
    }

    /**
     * Signs in for these scopes.
     *
     * @throws SignInException when that yields no tokens; says why
     */
    public TokenSet signIn(String userName, String password, Collection<String> scopes) throws SignInException {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(PATIENCE)
                .cookieHandler(new CookieManager())
                .build();
        JsonNode server = parse(send(http, get(URI.create(issuer + "/.well-known/openid-configuration"))));
        String verifier = randomText();
        String state = randomText();
        String nonce = randomText();
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("scope", String.join(" ", scopes));
        request.put("state", state);
        request.put("nonce", nonce);
        request.put("code_challenge", challenge(verifier));
        request.put("code_challenge_method", "S256");

        URI start = URI.create(endpoint(server, "authorization_endpoint") + "?" + form(request));
        Map<String, String> answer = authorize(http, start, userName, password);
        if (!state.equals(answer.get("state"))) {
            throw unexpected("The answer does not belong to this sign-in");
        }
        if (answer.get("code") == null) {
            throw unexpected("The server refused the request: " + answer.get("error"));
        }
        return redeem(http, URI.create(endpoint(server, "token_endpoint")), answer.get("code"), verifier, nonce);
    }

    /** Follows redirects and fills in the form until the server sends the user back to the client. */
    private Map<String, String> authorize(HttpClient http, URI start, String userName, String password)
            throws SignInException {
        URI address = start;
        HttpResponse<String> response = send(http, get(address));
        boolean filledIn = false;
        for (int redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
            if (response.statusCode() / 100 == 3) {
                address = address.resolve(response.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> unexpected("The server redirects to nowhere")));
                if (isRedirectUri(address)) {
                    return parameters(address.getRawQuery());
                }
                response = send(http, get(address));
            } else if (filledIn) {
                throw refused(response.statusCode());
            } else {
                HttpRequest filledForm = fillIn(address, response, userName, password);
                address = filledForm.uri();
                response = send(http, filledForm);
                filledIn = true;
            }
        }
        throw unexpected("The server redirects without end");
    }

    private boolean isRedirectUri(URI address) {
        return address.toString().equals(redirectUri) || address.toString().startsWith(redirectUri + "?");
    }

    private static HttpRequest fillIn(URI address, HttpResponse<String> page, String userName, String password)
            throws SignInException {
        Matcher form = FORM.matcher(page.body());
        if (page.statusCode() != 200 || !form.find()) {
            throw unexpected("The server answered " + page.statusCode() + " instead of showing its sign-in form");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN_FIELD.matcher(form.group(2));
        while (hidden.find()) {
            fields.put(attribute(NAME, hidden.group()), attribute(VALUE, hidden.group()));
        }
        fields.put("username", userName);
        fields.put("password", password);
        return post(address.resolve(HtmlUtils.htmlUnescape(form.group(1))), fields);
    }

    private static String attribute(Pattern attribute, String element) {
        Matcher matcher = attribute.matcher(element);
        return matcher.find() ? HtmlUtils.htmlUnescape(matcher.group(1)) : "";
    }

    private static SignInException refused(int status) {
        return switch (status) {
            case 200, 401 ->
                new SignInException(
                        SignInException.Reason.REFUSED,
                        "The user name or password is not right, or the account is not approved yet");
            case 429 ->
                new SignInException(
                        SignInException.Reason.THROTTLED, "Too many attempts: wait a minute, then try again");
            case 503 ->
                new SignInException(
                        SignInException.Reason.UNAVAILABLE, "The server cannot reach its user store at the moment");
            default -> unexpected("The server answered " + status + " to the user name and password");
        };
    }

    private TokenSet redeem(HttpClient http, URI tokenEndpoint, String code, String verifier, String nonce)
            throws SignInException {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("grant_type", "authorization_code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("code", code);
        request.put("code_verifier", verifier);
        JsonNode tokens = parse(send(http, post(tokenEndpoint, request)));
        String idToken = text(tokens, "id_token");
        if (idToken != null && !nonce.equals(nonceOf(idToken))) {
            throw unexpected("The identity token does not belong to this sign-in");
        }
        return new TokenSet(
                text(tokens, "access_token"),
                text(tokens, "refresh_token"),
                idToken,
                Duration.ofSeconds(tokens.path("expires_in").asLong(0)),
                Objects.requireNonNullElse(text(tokens, "scope"), ""));
    }

    private static String nonceOf(String idToken) throws SignInException {
        try {
            return SignedJWT.parse(idToken).getJWTClaimsSet().getStringClaim("nonce");
        } catch (ParseException e) {
            throw unexpected("The identity token is malformed");
        }
    }

    private static String endpoint(JsonNode server, String name) throws SignInException {
        String address = text(server, name);
        if (address == null) {
            throw unexpected("The server does not name its " + name);
        }
        return address;
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).isString() ? object.path(name).stringValue() : null;
    }

    private static JsonNode parse(HttpResponse<String> response) throws SignInException {
        try {
            JsonNode document = JSON.readTree(response.body());
            if (response.statusCode() == 200 && document.isObject()) {
                return document;
            }
            throw unexpected(response.uri() + " answered " + response.statusCode() + " "
                    + document.path("error").asString(""));
        } catch (JacksonException e) {
            // Without the cause: its message may quote a token.
            throw unexpected(response.uri() + " answered " + response.statusCode() + " without JSON");
        }
    }

    private HttpResponse<String> send(HttpClient http, HttpRequest request) throws SignInException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SignInException(
                    SignInException.Reason.UNAVAILABLE,
                    "The identity server at " + issuer.getScheme() + "://" + issuer.getAuthority()
                            + " cannot be reached",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SignInException(SignInException.Reason.UNAVAILABLE, "Interrupted while signing in", e);
        }
    }

    private static SignInException unexpected(String message) {
        return new SignInException(SignInException.Reason.UNEXPECTED, message);
    }

    private static HttpRequest get(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "text/html, application/json")
                .build();
    }

    private static HttpRequest post(URI address, Map<String, String> fields) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "text/html, application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                .build();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private String randomText() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** RFC 7636 section 4.2. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
