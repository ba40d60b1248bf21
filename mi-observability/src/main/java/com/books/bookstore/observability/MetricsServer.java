package com.books.bookstore.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers {@code GET} and {@code HEAD} of {@code /metrics}, and of {@code /metrics/business} if it is given one, on a port of its own, which is not for the public. A request that is not complete
 * after ten seconds is given up. Thread-safe.
 */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final String BUSINESS_PATH = "/metrics/business";
    private static final String HEAD = "HEAD";
    private static final List<String> METHODS = List.of("GET", HEAD);
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int OK = 200;
    /** More than one, because the JDK's server reads a request on its thread, however slowly it comes. */
    private static final int THREADS = 64;

    private static final String MAX_SECONDS = "10";
    /**
     * What a page of another site cannot have this machine called (DNS rebinding): an IP address, a name without a dot, and the names of
     * clusters.
     */
    private static final Pattern HOST = Pattern.compile(
            "(?:\\[[0-9a-f:.%]+]|[0-9.]+|[a-z0-9_-]+|[a-z0-9_.-]+\\.(?:svc|local|internal|localhost))(?::[0-9]+)?",
            Pattern.CASE_INSENSITIVE);

    static {
        // Read once, when the first server of this JVM starts; without them a request may take forever.
        for (String limit : new String[] {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, MAX_SECONDS);
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * @param host     the address to listen at
     * @param port     0 for any free one
     * @param metrics  what is answered
     * @param business where the shop's figures are; null while there are none
     * @throws IOException if the port cannot be bound
     */
    MetricsServer(String host, int port, Supplier<String> metrics, Supplier<BusinessMetrics> business)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "metrics");
                    made.setDaemon(true);
                    return made;
                });
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, metrics, business.get()));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Supplier<String> metrics, BusinessMetrics business)
            throws IOException {
        try {
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            String host = exchange.getRequestHeaders().getFirst("Host");
            String path = exchange.getRequestURI().getPath();
            boolean figures = business != null && BUSINESS_PATH.equals(path);
            if (host == null || !HOST.matcher(host).matches()) {
                exchange.sendResponseHeaders(BAD_REQUEST, -1);
            } else if (!figures && !PATH.equals(path)) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
            } else if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
            } else if (figures) {
                BusinessMetrics.Answer answer =
                        business.get(exchange.getRequestHeaders().getFirst("Authorization"));
                send(exchange, answer.status(), answer.contentType(), answer.body());
            } else {
                send(
                        exchange,
                        OK,
                        "text/plain; version=0.0.4; charset=utf-8",
                        metrics.get().getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (HEAD.equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            // A length of 0 would mean one that is not known.
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
