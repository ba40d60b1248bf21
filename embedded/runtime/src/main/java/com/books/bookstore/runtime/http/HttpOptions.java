package com.books.bookstore.runtime.http;

/**
 * How an HTTP server listens.
 *
 * @param name         of the server, for threads and messages
 * @param host         the address to listen at, such as {@code localhost} or {@code 0.0.0.0}
 * @param port         0 for any free port
 * @param maxThreads   how many requests are handled at the same time
 * @param maxBodyBytes larger request bodies are answered with 413
 * @param problemTypes what the types of the server's own problem documents begin with; empty for {@code about:blank}
 */
public record HttpOptions(String name, String host, int port, int maxThreads, int maxBodyBytes, String problemTypes) {}
