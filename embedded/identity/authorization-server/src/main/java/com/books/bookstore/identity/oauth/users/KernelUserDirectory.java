package com.books.bookstore.identity.oauth.users;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The user store of the embedded Carbon kernel, asked over HTTP with the shared secret in a header. {@code POST
 * {base}/internal/authenticate} with {@code {"userName","password"}} answers 200 with the user or 401; {@code GET
 * {base}/internal/users/{id}} answers 200 with the user or 404; {@code {base}/internal/accounts} changes accounts. Thread safe.
 */
public final class KernelUserDirectory implements UserDirectory, Accounts {

    /** The request header that carries the secret shared with the kernel. */
    public static final String SECRET_HEADER = "X-Bookstore-Secret";

    private static final int OK = 200;
    private static final int DONE = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http;
    private final String base;
    private final String sharedSecret;

    /**
     * @param base         address of the kernel, such as {@code http://127.0.0.1:9763}; a path is kept
     * @param sharedSecret what the kernel expects in {@link #SECRET_HEADER}
     */
    public KernelUserDirectory(URI base, String sharedSecret) {
        this(
                base,
                sharedSecret,
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    }

    /** As above, for a kernel whose https certificate only {@code tls} trusts. */
    public KernelUserDirectory(URI base, String sharedSecret, SSLContext tls) {
        this(
                base,
                sharedSecret,
                HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(tls).build());
    }

    private KernelUserDirectory(URI base, String sharedSecret, HttpClient http) {
        this.base = base.toString().replaceAll("/+$", "");
        this.sharedSecret = Objects.requireNonNull(sharedSecret, "sharedSecret");
        this.http = http;
    }

    @Override
    public Optional<DirectoryUser> authenticate(String userName, String password) {
        return ask(
                request("/internal/authenticate")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                JSON.writeValueAsBytes(Map.of("userName", userName, "password", password)))),
                UNAUTHORIZED,
                "invalid_credentials");
    }

    @Override
    public Optional<DirectoryUser> find(String id) {
        return ask(
                request("/internal/users/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8))
                        .GET(),
                NOT_FOUND,
                "unknown_user");
    }

    @Override
    public Optional<DirectoryUser> withEmail(String email) {
        return ask(
                request("/internal/accounts?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8))
                        .GET(),
                NOT_FOUND,
                "unknown_user");
    }

    @Override
    public Optional<String> setPassword(String id, String password) {
        HttpResponse<byte[]> response = send(account(id, "/password")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("password", password))))
                .build());
        if (response.statusCode() == BAD_REQUEST && "password_refused".equals(errorIn(response.body()))) {
            return Optional.of(JSON.readTree(response.body()).path("detail").asString(""));
        }
        requireDone(response);
        return Optional.empty();
    }

    @Override
    public void rename(String id, String givenName, String familyName) {
        requireDone(send(account(id, "/name")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(Map.of("givenName", givenName, "familyName", familyName))))
                .build()));
    }

    @Override
    public void delete(String id) {
        requireDone(send(account(id, "").DELETE().build()));
    }

    private HttpRequest.Builder account(String id, String part) {
        return request("/internal/accounts/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8) + part)
                .header("Content-Type", "application/json");
    }

    private void requireDone(HttpResponse<byte[]> response) {
        if (response.statusCode() != DONE) {
            throw new UserDirectoryUnavailableException(
                    "The user store at " + base + " answered " + response.statusCode());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header(SECRET_HEADER, sharedSecret);
    }

    /** Only the status together with the kernel's own word means that there is no such user: a missing endpoint does not. */
    private Optional<DirectoryUser> ask(HttpRequest.Builder request, int noUser, String error) {
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == OK) {
            return Optional.of(parse(response.body()));
        }
        if (response.statusCode() == noUser && error.equals(errorIn(response.body()))) {
            return Optional.empty();
        }
        throw new UserDirectoryUnavailableException("The user store at " + base + " answered " + response.statusCode());
    }

    private static String errorIn(byte[] body) {
        try {
            return JSON.readTree(body).path("error").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UserDirectoryUnavailableException("The user store at " + base + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserDirectoryUnavailableException("Interrupted while asking the user store at " + base, e);
        }
    }

    private DirectoryUser parse(byte[] body) {
        try {
            return JSON.readValue(body, DirectoryUser.class);
        } catch (JacksonException e) {
            // Without the cause: its message quotes the body.
            throw new UserDirectoryUnavailableException("The user store at " + base + " answered 200 without a user");
        }
    }
}
