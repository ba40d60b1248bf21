package com.books.bookstore.runtime.http;

import java.time.Duration;

/**
 * How an HTTP server listens.
 *
 * @param name         of the server, for threads and messages
 * @param host         the address to listen at, such as {@code localhost} or {@code 0.0.0.0}
 * @param port         0 for any free port
 * @param maxThreads   how many requests are handled at the same time
 * @param maxBodyBytes larger request bodies are answered with 413
 * @param problemTypes what the types of the server's own problem documents begin with; empty for {@code about:blank}
 * @param correlationHeader the header in which the server's own answers carry a new correlation ID; empty for none
 * @param trustedProxy the proxy whose word on the addresses of clients counts; null for none
 * @param deadline     for sending a request and taking its answer; the connection is closed then
 */
public record HttpOptions(
        String name,
        String host,
        int port,
        int maxThreads,
        int maxBodyBytes,
        String problemTypes,
        String correlationHeader,
        TrustedProxy trustedProxy,
        Duration deadline) {

    /** Longer than any flow takes. */
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    /** With a deadline of 90 seconds, without correlation IDs and a trusted proxy. */
    public HttpOptions(String name, String host, int port, int maxThreads, int maxBodyBytes, String problemTypes) {
        this(name, host, port, maxThreads, maxBodyBytes, problemTypes, "", null, DEADLINE);
    }

    public HttpOptions withCorrelationHeader(String header) {
        return new HttpOptions(
                name, host, port, maxThreads, maxBodyBytes, problemTypes, header, trustedProxy, deadline);
    }

    public HttpOptions withTrustedProxy(TrustedProxy proxy) {
        return new HttpOptions(
                name, host, port, maxThreads, maxBodyBytes, problemTypes, correlationHeader, proxy, deadline);
    }

    public HttpOptions withDeadline(Duration limit) {
        return new HttpOptions(
                name, host, port, maxThreads, maxBodyBytes, problemTypes, correlationHeader, trustedProxy, limit);
    }
}
