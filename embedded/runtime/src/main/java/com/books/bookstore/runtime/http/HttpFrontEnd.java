package com.books.bookstore.runtime.http;

import com.books.bookstore.embedded.Causes;
import com.books.bookstore.embedded.StartException;
import com.books.bookstore.embedded.http.RequestDeadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server in front of an engine: Jetty's core server, one handler, requests read in full and handled on Jetty's worker thread.
 * It answers malformed requests, oversized bodies and failures of the engine itself, always without a stack trace or a server version.
 *
 * <p>A slow client keeps no thread busy: bodies are read before a thread is taken for a request, answers are written without one, and a
 * connection on which no request is answered for a while is closed, however busily its client sends single bytes.
 */
public final class HttpFrontEnd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontEnd.class);

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final long IDLE_TIMEOUT_MILLIS = 30_000;
    private static final long STOP_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_CONNECTIONS = 4_000;

    private final Server server;
    private final ServerConnector connector;
    private final String host;

    /**
     * Binds the port and starts to listen.
     *
     * @param handler answers the exchange before it returns; thread-safe
     * @throws StartException if the port cannot be bound
     */
    public HttpFrontEnd(HttpOptions options, Consumer<HttpExchange> handler) {
        this.host = options.host();
        int maxThreads = options.maxThreads();
        QueuedThreadPool threads = new QueuedThreadPool(maxThreads, Math.min(8, maxThreads));
        threads.setName(options.name());
        threads.setDaemon(true);
        // The selector's thread stays with its selector: giving that to another thread for each request takes longer
        // than giving the request
        // to one.
        threads.setReservedThreads(0);
        server = new Server(threads);

        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        // It would keep whole header lines. Tokens and keys differ from request to request: keeping them takes longer
        // than reading the others again.
        configuration.setHeaderCacheSize(0);
        // As on Micro Integrator, %2F and the like reach the API's own path matching instead of being refused here; so
        // does a % that
        // begins no encoding, which Micro Integrator answers with 500.
        configuration.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                UriCompliance.Violation.BAD_UTF8_ENCODING,
                UriCompliance.Violation.TRUNCATED_UTF8_ENCODING)));
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        // Without it small answers wait for the peer's delayed acknowledgement: 44 ms a request.
        connector.setAcceptedTcpNoDelay(true);
        connector.addBean(new RequestDeadline(connector, options.deadline()));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));

        server.setHandler(new GracefulHandler(new ExchangeHandler(handler, options)));
        server.setErrorHandler((request, response, callback) -> answerRefusedRequest(response, callback, options));
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        start(options.name(), options.port());
    }

    private void start(String name, int port) {
        try {
            connector.open();
        } catch (IOException e) {
            throw new StartException("Cannot listen on port " + port + " (" + name + "): " + Causes.inOneLine(e), e);
        }
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new StartException("Cannot start the HTTP server on port " + port + ": " + Causes.inOneLine(e), e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** The address a client on this machine uses. */
    public URI baseUri() {
        return baseUri(host, port());
    }

    /**
     * The address a client on this machine uses for a server that listens there, or will.
     *
     * @param host the name or address that it is bound to; null for all
     */
    public static URI baseUri(String host, int port) {
        InetSocketAddress bound = host == null ? null : new InetSocketAddress(host, 0);
        boolean anyAddress = bound == null
                || bound.getAddress() == null
                || bound.getAddress().isAnyLocalAddress();
        return URI.create("http://" + (anyAddress ? "localhost" : host) + ":" + port);
    }

    /** Lets requests in flight end, up to five seconds, then stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly: {}", Causes.inOneLine(e));
        }
        server.destroy();
    }

    /** What Jetty itself refuses: malformed request lines and headers, header blocks that are too large. */
    private static boolean answerRefusedRequest(Response response, Callback callback, HttpOptions options) {
        int status = response.getStatus();
        Problem problem = status >= 500
                ? new Problem(status, status == 503 ? "unavailable" : "internal_error", HttpStatus.getMessage(status))
                : new Problem(status, "malformed_request", HttpStatus.getMessage(status));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        addCorrelationId(response, options);
        response.write(true, ByteBuffer.wrap(problem.toJson(options.problemTypes())), callback);
        return true;
    }

    /** To what no flow has answered. */
    private static void addCorrelationId(Response response, HttpOptions options) {
        if (!options.correlationHeader().isEmpty() && !response.getHeaders().contains(options.correlationHeader())) {
            response.getHeaders()
                    .put(options.correlationHeader(), UUID.randomUUID().toString());
        }
    }

    private static final class ExchangeHandler extends Handler.Abstract {

        private final Consumer<HttpExchange> handler;
        private final int maxBodyBytes;
        private final HttpOptions options;

        ExchangeHandler(Consumer<HttpExchange> handler, HttpOptions options) {
            this.handler = handler;
            this.maxBodyBytes = options.maxBodyBytes();
            this.options = options;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (request.getLength() > maxBodyBytes && request.getHeaders().contains(HttpHeader.EXPECT)) {
                answer(request, null, response, callback);
            } else {
                new Body(request, maxBodyBytes, callback, body -> answer(request, body, response, callback)).run();
            }
            return true;
        }

        /** @param body null if it is too large */
        private void answer(Request request, byte[] body, Response response, Callback callback) {
            HttpExchange exchange = exchange(request, body);
            if (body == null) {
                // The rest of the body may be unread, so the connection cannot be used again.
                exchange.answerProblem(Problem.PAYLOAD_TOO_LARGE, Map.of("Connection", "close"));
            } else {
                handleSafely(exchange);
            }
            write(exchange, response, callback);
        }

        private void handleSafely(HttpExchange exchange) {
            try {
                handler.accept(exchange);
            } catch (RuntimeException | Error e) {
                LOG.error("{} {} failed", exchange.method(), pathOf(exchange), e);
                exchange.answerProblem(Problem.INTERNAL_ERROR);
            }
        }

        private static String pathOf(HttpExchange exchange) {
            int query = exchange.target().indexOf('?');
            return query < 0 ? exchange.target() : exchange.target().substring(0, query);
        }

        private HttpExchange exchange(Request request, byte[] body) {
            TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Map<String, List<String>> repeated = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (HttpField field : request.getHeaders()) {
                String value = field.getValue() == null ? "" : field.getValue();
                if (headers.putIfAbsent(field.getName(), value) != null) {
                    repeated.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                            .add(value);
                }
            }
            String peer = Request.getRemoteAddr(request);
            TrustedProxy proxy = options.trustedProxy();
            return new HttpExchange(
                    request.getMethod(),
                    request.getHttpURI().getPathQuery(),
                    request.getHttpURI().getScheme(),
                    proxy == null ? peer : proxy.clientOf(headers, repeated, peer),
                    headers,
                    repeated,
                    body == null ? new byte[0] : body,
                    options.problemTypes());
        }

        private void write(HttpExchange exchange, Response response, Callback callback) {
            response.setStatus(exchange.status());
            for (Map.Entry<String, List<String>> header :
                    exchange.responseHeaders().entrySet()) {
                for (String value : header.getValue()) {
                    response.getHeaders().add(header.getKey(), value);
                }
            }
            addCorrelationId(response, options);
            response.write(true, ByteBuffer.wrap(exchange.responseBody()), callback);
        }
    }

    /** Reads a body without a thread that waits for it. */
    private static final class Body implements Runnable {

        private static final long MOST_BYTES_DISCARDED = 16 * 1024 * 1024;

        private final Request request;
        private final int maxBytes;
        private final Callback failed;
        private final Consumer<byte[]> then;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long length;

        /**
         * @param failed told if the rest of the body does not come
         * @param then   given the body, or null if it is larger than allowed
         */
        Body(Request request, int maxBytes, Callback failed, Consumer<byte[]> then) {
            this.request = request;
            this.maxBytes = maxBytes;
            this.failed = failed;
            this.then = then;
        }

        @Override
        public void run() {
            boolean complete = false;
            while (!complete) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    failed.failed(chunk.getFailure());
                    return;
                }
                take(chunk);
                complete = chunk.isLast() || isEnough();
                chunk.release();
            }
            then.accept(length > maxBytes ? null : bytes.toByteArray());
        }

        private void take(Content.Chunk chunk) {
            length += chunk.remaining();
            if (length <= maxBytes) {
                byte[] part = new byte[chunk.remaining()];
                chunk.getByteBuffer().get(part);
                bytes.writeBytes(part);
            }
        }

        /**
         * Most clients send all that they have announced before they read the answer, which a connection that is closed in between takes from
         * them.
         */
        private boolean isEnough() {
            return length > maxBytes && (request.getLength() < 0 || length > MOST_BYTES_DISCARDED);
        }
    }
}
