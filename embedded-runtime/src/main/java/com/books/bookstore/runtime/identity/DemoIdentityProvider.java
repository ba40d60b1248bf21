package com.books.bookstore.runtime.identity;

import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.Problem;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Stands in for the identity server while there is none: signs tokens for three demo users with a key made at start, and publishes that key.
 * It listens on this machine only and speaks plain HTTP.
 *
 * <p>Thread-safe.
 */
public final class DemoIdentityProvider implements AutoCloseable {

    public static final String AUDIENCE = "bookstore-api";

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final String TOKEN_PATH = "/oauth2/token";
    private static final String JWKS_PATH = "/oauth2/jwks";
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private final RSAKey key;
    private final Clock clock;
    private final HttpFrontEnd http;

    /** @param port 0 for any free one */
    public DemoIdentityProvider(int port) {
        this(port, Clock.systemUTC());
    }

    DemoIdentityProvider(int port, Clock clock) {
        this.clock = clock;
        try {
            key = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM cannot make RSA keys", e);
        }
        http = new HttpFrontEnd("identity", "localhost", port, 8, MAX_BODY_BYTES, this::handle);
    }

    public URI baseUri() {
        return http.baseUri();
    }

    /** The {@code iss} of the tokens, and where they are issued. */
    public String issuer() {
        return baseUri() + TOKEN_PATH;
    }

    public String jwksUri() {
        return baseUri() + JWKS_PATH;
    }

    /** A signed access token with all scopes of the user, valid for an hour. */
    public String token(DemoUser user) {
        return token(user, user.scope());
    }

    private String token(DemoUser user, String scope) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(user.userName())
                .claim("email", user.email())
                .claim("scope", scope)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(TOKEN_LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
        return token.serialize();
    }

    private void handle(HttpExchange exchange) {
        String path = exchange.target().split("\\?", 2)[0];
        switch (exchange.method() + " " + path) {
            case "GET " + JWKS_PATH:
                answer(exchange, 200, new JWKSet(key).toPublicJWKSet().toString(), JSON);
                break;
            case "GET " + TOKEN_PATH + "/.well-known/openid-configuration":
                answer(exchange, 200, JSONObjectUtils.toJSONString(metadata()), JSON);
                break;
            case "POST " + TOKEN_PATH:
                issue(exchange);
                break;
            default:
                exchange.answerProblem(Problem.NO_RESOURCE);
        }
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", issuer());
        metadata.put("token_endpoint", issuer());
        metadata.put("jwks_uri", jwksUri());
        metadata.put("grant_types_supported", List.of("password"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        return metadata;
    }

    private void issue(HttpExchange exchange) {
        String contentType = exchange.requestHeaders().getOrDefault("Content-Type", "");
        if (!contentType.startsWith("application/x-www-form-urlencoded")) {
            refuse(exchange, "invalid_request");
            return;
        }
        Map<String, String> form = form(new String(exchange.requestBody(), StandardCharsets.UTF_8));
        if (!"password".equals(form.get("grant_type"))) {
            refuse(exchange, form.containsKey("grant_type") ? "unsupported_grant_type" : "invalid_request");
            return;
        }
        DemoUser user = DemoUser.named(form.get("username")).orElse(null);
        if (user == null || !sameText(user.password(), form.getOrDefault("password", ""))) {
            refuse(exchange, "invalid_grant");
            return;
        }
        String scope = granted(user, form.get("scope"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", token(user, scope));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", TOKEN_LIFETIME.toSeconds());
        answer.put("scope", scope);
        answer(exchange, 200, JSONObjectUtils.toJSONString(answer), uncached());
    }

    /** What is asked for, as far as the user has it; everything if nothing is asked for. */
    private static String granted(DemoUser user, String requested) {
        if (requested == null || requested.isBlank()) {
            return user.scope();
        }
        Set<String> granted = new LinkedHashSet<>(Arrays.asList(requested.trim().split("\\s+")));
        granted.retainAll(Arrays.asList(user.scope().split(" ")));
        return String.join(" ", granted);
    }

    private static boolean sameText(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpExchange exchange, String error) {
        answer(exchange, 400, "{\"error\":\"" + error + "\"}", uncached());
    }

    private static Map<String, List<String>> uncached() {
        Map<String, List<String>> headers = new LinkedHashMap<>(JSON);
        headers.put("Cache-Control", List.of("no-store"));
        return headers;
    }

    private static void answer(HttpExchange exchange, int status, String json, Map<String, List<String>> headers) {
        exchange.answer(status, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                try {
                    form.put(URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // A field that is not well encoded is as good as missing.
                    form.remove(field.substring(0, equals));
                }
            }
        }
        return form;
    }

    @Override
    public void close() {
        http.close();
    }
}
