package com.books.bookstore.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The shop's figures, asked for at the API of this node with the caller's own token, which the API verifies. Thread-safe.
 */
final class BusinessMetrics {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** As long as Prometheus waits unless it is told otherwise. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int BAD_REQUEST = 400;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final URI address;

    /** @throws IllegalArgumentException if it is not an HTTP address */
    BusinessMetrics(URI address) {
        HttpRequest.newBuilder(address);
        this.address = address;
    }

    /**
     * What the API answers; 503 without a body if it does not answer in time.
     *
     * @param authorization the caller's header of that name; null if there is none
     */
    Answer get(String authorization) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT);
            if (authorization != null) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                    response.body());
        } catch (IllegalArgumentException malformed) {
            // A header that HTTP does not allow.
            return new Answer(BAD_REQUEST, "text/plain", new byte[0]);
        } catch (IOException unreachable) {
            return new Answer(SERVICE_UNAVAILABLE, "text/plain", new byte[0]);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer(SERVICE_UNAVAILABLE, "text/plain", new byte[0]);
        }
    }

    /** An answer of the API. */
    static final class Answer {

        private final int status;
        private final String contentType;
        private final byte[] body;

        Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }

        int status() {
            return status;
        }

        String contentType() {
            return contentType;
        }

        byte[] body() {
            return body;
        }
    }
}
