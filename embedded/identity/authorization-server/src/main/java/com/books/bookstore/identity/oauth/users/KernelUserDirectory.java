package com.books.bookstore.identity.oauth.users;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The user store of the embedded Carbon kernel, asked over HTTP: {@code POST {base}/internal/authenticate} with
 * {@code {"userName","password"}} and the shared secret in a header answers 200 with the user, or 401. Thread safe.
 */
public final class KernelUserDirectory implements UserDirectory {

    /** The request header that carries the secret shared with the kernel. */
    public static final String SECRET_HEADER = "X-Bookstore-Secret";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http;
    private final URI address;
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
        this.address = URI.create(base.toString().replaceAll("/+$", "") + "/internal/authenticate");
        this.sharedSecret = Objects.requireNonNull(sharedSecret, "sharedSecret");
        this.http = http;
    }

    @Override
    public Optional<DirectoryUser> authenticate(String userName, String password) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header(SECRET_HEADER, sharedSecret)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        JSON.writeValueAsBytes(Map.of("userName", userName, "password", password))))
                .build();
        HttpResponse<byte[]> response = send(request);
        return switch (response.statusCode()) {
            case 200 -> Optional.of(parse(response.body()));
            case 401 -> Optional.empty();
            default ->
                throw new UserDirectoryUnavailableException(
                        "The user store at " + address + " answered " + response.statusCode());
        };
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UserDirectoryUnavailableException("The user store at " + address + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserDirectoryUnavailableException("Interrupted while asking the user store at " + address, e);
        }
    }

    private DirectoryUser parse(byte[] body) {
        try {
            return JSON.readValue(body, DirectoryUser.class);
        } catch (JacksonException e) {
            // Without the cause: its message quotes the body.
            throw new UserDirectoryUnavailableException(
                    "The user store at " + address + " answered 200 without a user");
        }
    }
}
