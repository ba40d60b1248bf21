package com.books.bookstore.identity;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.correlation.CorrelationId;
import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the identity server. For https, its certificate must be in the JVM's trust store, which in Micro Integrator is
 * client-truststore.jks. The correlation id of the thread's request goes along. Thread-safe.
 *
 * <p>Not Synapse's {@code call}: Micro Integrator has no message builder for SCIM's media type unless the server is configured for it,
 * its blocking call turns every status from 400 on into a fault, and a token that several requests wait for is beyond sequences.
 */
public final class IdentityServerHttp {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout for a whole exchange */
    public IdentityServerHttp(Duration timeout) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                timeout);
    }

    IdentityServerHttp(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /** What the server answered. Immutable. */
    static final class Answer {

        private final int status;
        private final byte[] body;

        private Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The body, if it is a JSON value; else nothing. */
        Optional<JsonNode> json() {
            return body.length == 0 ? Optional.empty() : Json.parse(body);
        }

        /** A text at the top of the body's JSON object, or "". */
        String text(String name) {
            return json().map(node -> node.path(name).asText("")).orElse("");
        }
    }

    Answer get(String what, URI address, String authorization) {
        return working(what, send(what, HttpRequest.newBuilder(address).GET(), authorization));
    }

    Answer post(String what, URI address, String authorization, String contentType, String body) {
        return working(
                what,
                send(
                        what,
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", contentType)
                                .POST(text(body)),
                        authorization));
    }

    /** Also answers with the status of a server error, which Identity Server has for a task that is gone. */
    Answer put(String what, URI address, String authorization, String contentType, String body) {
        return send(
                what,
                HttpRequest.newBuilder(address)
                        .header("Content-Type", contentType)
                        .PUT(text(body)),
                authorization);
    }

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
    }

    private static Answer working(String what, Answer answer) {
        if (answer.status() >= FIRST_SERVER_ERROR) {
            throw new IdentityServerException(what + " returned status " + answer.status());
        }
        return answer;
    }

    /**
     * @param what what is asked for, for errors
     * @throws IdentityServerException if there is no answer in time, or one that says to come back later
     */
    private Answer send(String what, HttpRequest.Builder request, String authorization) {
        request.header("Accept", "application/json, application/scim+json")
                .header("Authorization", authorization)
                .timeout(timeout);
        CorrelationContext.current()
                .ifPresent(id -> request.header(CorrelationId.HEADER, id).header(CorrelationId.WSO2_HEADER, id));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() == TOO_MANY_REQUESTS) {
                throw new IdentityServerException(what + " returned status " + response.statusCode());
            }
            return new Answer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new IdentityServerException(what + " failed", e.getCause());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IdentityServerException(what + " timed out", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new IdentityServerException(what + " was interrupted", e);
        }
    }
}
