package com.books.bookstore.it.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays API Manager's gateway below a path of its own: what is published is what the OpenAPI definitions say; refusals, CORS answers and the
 * backend token are made as the sources of carbon-apimgt make them (APIAuthenticationHandler, CORSRequestHandler,
 * AbstractAPIMgtGatewayJWTGenerator), the rest goes to Micro Integrator. It is a gateway in these outward things only: it does not verify the
 * signatures of tokens, since the tests sign none.
 */
final class GatewayStandIn implements AutoCloseable {

    static final String ORIGIN = "https://shop.example";
    /** In each period for each user, for what writes. */
    private static final int WRITES = 700;

    /** Shorter than API Manager's minute, so that tests wait less. */
    private static final int PERIOD_SECONDS = 30;

    private static final String PREFIX = "/gateway";
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "host",
            "connection",
            "content-length",
            "expect",
            "upgrade",
            "x-jwt-assertion",
            "authorization",
            "transfer-encoding");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final RSAKey key;
    private volatile URI backend;
    private volatile boolean passesTokensOn;

    /** @param scopes empty if callers need not sign in */
    private record Operation(String context, String path, String method, Set<String> scopes, String tier) {

        boolean isAt(String address) {
            return address.matches(context + path.replaceAll("\\{[^}]*}", "[^/]+"));
        }
    }

    /** @param definitions the directory of the OpenAPI definitions */
    GatewayStandIn(Path definitions) {
        try (Stream<Path> files = Files.list(definitions)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                publish(new YAMLMapper().readTree(file.toFile()));
            }
            key = new RSAKeyGenerator(2048).keyID("gateway").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/oauth2/jwks", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext(PREFIX, exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
        server.start();
    }

    private void publish(JsonNode definition) {
        String context = URI.create(definition.at("/servers/0/url").asText()).getPath();
        definition.get("paths").properties().stream()
                .filter(path -> !path.getValue().path("x-internal").booleanValue())
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!Set.of("get", "post", "put", "delete").contains(operation.getKey())) {
                        return;
                    }
                    Set<String> scopes = new TreeSet<>();
                    if (!"None".equals(operation.getValue().path("x-auth-type").asText())) {
                        operation
                                .getValue()
                                .path("security")
                                .forEach(scheme ->
                                        scheme.forEach(names -> names.forEach(name -> scopes.add(name.asText()))));
                    }
                    operations.add(new Operation(
                            context,
                            path.getKey(),
                            operation.getKey().toUpperCase(Locale.ROOT),
                            scopes,
                            operation.getValue().path("x-throttling-tier").asText()));
                }));
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + PREFIX;
    }

    /** For BOOKSTORE_ASSERTION_JWKS_URL. */
    String jwksAddress() {
        return "http://localhost:" + server.getAddress().getPort() + "/oauth2/jwks";
    }

    /** Where Micro Integrator is; it is started after the gateway, whose keys it has to know. */
    void passOnTo(URI address) {
        backend = address;
    }

    /** Whether from now on Micro Integrator gets the access tokens too: {@code enable_outbound_auth_header}. */
    void passTokensOn(boolean passOn) {
        passesTokensOn = passOn;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring(PREFIX.length());
        List<Operation> there =
                operations.stream().filter(operation -> operation.isAt(path)).toList();
        boolean preflight = exchange.getRequestMethod().equals("OPTIONS");
        String method = preflight
                ? exchange.getRequestHeaders().getFirst("Access-Control-Request-Method")
                : exchange.getRequestMethod();
        List<Operation> meant = there.stream()
                .filter(operation -> operation.method().equals(method))
                .toList();
        if (there.isEmpty()) {
            refuse(exchange, 404, "404", "Runtime Error", "No matching resource found for given API Request");
            return;
        }
        if (meant.isEmpty()) {
            refuse(exchange, 405, "405", "Runtime Error", "Method not allowed for given API resource");
            return;
        }
        cors(exchange, there);
        if (preflight) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        Operation operation = meant.get(0);
        JWTClaimsSet caller = null;
        if (!operation.scopes().isEmpty()) {
            caller = caller(exchange, operation);
            if (caller == null) {
                return;
            }
            if (operation.tier().equals("BookstoreWrites")
                    && calls.computeIfAbsent(
                                            caller.getSubject() + Instant.now().getEpochSecond() / PERIOD_SECONDS,
                                            period -> new AtomicInteger())
                                    .incrementAndGet()
                            > WRITES) {
                refuse(exchange, 429, "900802", "Message throttled out", "You have exceeded your quota");
                return;
            }
        }
        passOn(exchange, path, operation, caller);
    }

    private static void cors(HttpExchange exchange, List<Operation> there) {
        if (ORIGIN.equals(exchange.getRequestHeaders().getFirst("Origin"))) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", ORIGIN);
        }
        exchange.getResponseHeaders()
                .set(
                        "Access-Control-Allow-Methods",
                        there.stream().map(Operation::method).collect(Collectors.joining(",")));
        exchange.getResponseHeaders()
                .set(
                        "Access-Control-Allow-Headers",
                        "Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,X-Correlation-ID");
    }

    /** Null if the request is answered. */
    private static JWTClaimsSet caller(HttpExchange exchange, Operation operation) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null) {
            challenge(exchange);
            refuse(
                    exchange,
                    401,
                    "900902",
                    "Missing Credentials",
                    "Invalid Credentials. Make sure your API invocation call has a header: "
                            + "'Authorization : Bearer ACCESS_TOKEN'");
            return null;
        }
        try {
            JWTClaimsSet claims =
                    SignedJWT.parse(authorization.replaceFirst("^Bearer ", "")).getJWTClaimsSet();
            if (claims.getExpirationTime() == null || claims.getExpirationTime().before(new Date())) {
                throw new ParseException("It is over", 0);
            }
            Set<String> scopes = Set.of(claims.getStringClaim("scope").split(" "));
            if (operation.scopes().stream().noneMatch(scopes::contains)) {
                refuse(
                        exchange,
                        403,
                        "900910",
                        "The access token does not allow you to access the requested resource",
                        "User is NOT authorized to access the Resource: " + operation.path()
                                + ". Scope validation failed.");
                return null;
            }
            return claims;
        } catch (ParseException e) {
            challenge(exchange);
            refuse(
                    exchange,
                    401,
                    "900901",
                    "Invalid Credentials",
                    "Invalid Credentials. Make sure you have provided the correct security credentials");
            return null;
        }
    }

    private static void challenge(HttpExchange exchange) {
        exchange.getResponseHeaders()
                .set(
                        "WWW-Authenticate",
                        "OAuth2 realm=\"WSO2 API Manager\", error=\"invalid_token\""
                                + ", error_description=\"The provided token is invalid\"");
    }

    private void passOn(HttpExchange exchange, String path, Operation operation, JWTClaimsSet caller)
            throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.resolve(path + (query == null ? "" : "?" + query)))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))
                    || (passesTokensOn && name.equalsIgnoreCase("Authorization"))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        if (caller != null) {
            request.header("X-JWT-Assertion", backendToken(caller, operation.context()));
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String backendToken(JWTClaimsSet caller, String context) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(caller)
                .issuer("wso2.org/products/am")
                .audience((String) null)
                .subject(null)
                .claim("http://wso2.org/claims/enduser", caller.getSubject() + "@carbon.super")
                .claim("http://wso2.org/claims/apicontext", context)
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID("thumbprint_RS256")
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message, String description)
            throws IOException {
        answer(
                exchange,
                status,
                "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"description\":\"" + description + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
