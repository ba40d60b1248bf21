package com.books.bookstore.runtime.junit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server in the place of a named endpoint: it answers what a test says, and remembers what it was asked. Until a test says something it
 * answers 200 without a body. Thread-safe.
 */
public final class EndpointMock implements AutoCloseable {

    private static final Answer NOTHING = new Answer(200, "", Map.of());

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Answer> answers = request -> NOTHING;

    /**
     * What the endpoint was asked.
     *
     * @param target  path and query
     * @param headers names compared without case; of a repeated header the first value
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    /** What the endpoint answers. */
    public record Answer(int status, String body, Map<String, String> headers) {

        /** An answer of the type {@code application/json}. */
        public static Answer json(int status, String body) {
            return new Answer(status, body, Map.of("Content-Type", "application/json"));
        }
    }

    private EndpointMock(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of this machine. */
    public static EndpointMock start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            EndpointMock mock = new EndpointMock(server);
            server.createContext("/", mock::handle);
            server.setExecutor(Executors.newCachedThreadPool(runnable -> {
                Thread thread = new Thread(runnable, "endpoint-mock");
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return mock;
        } catch (IOException e) {
            throw new UncheckedIOException("No endpoint can be mocked", e);
        }
    }

    /** Scheme, host and port. */
    public URI origin() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Answers every request like this from now on. */
    public EndpointMock answer(int status, String json) {
        return answer(request -> Answer.json(status, json));
    }

    /** Computes the answers from now on; called on several threads. */
    public EndpointMock answer(Function<Request, Answer> newAnswers) {
        answers = newAnswers;
        return this;
    }

    /** The requests since the start or the last {@link #reset()}, in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Forgets requests and answers. */
    public void reset() {
        requests.clear();
        answers = request -> NOTHING;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Answer answer;
        try {
            answer = answers.apply(request);
        } catch (RuntimeException e) {
            answer = new Answer(500, "The mock failed: " + e, Map.of("Content-Type", "text/plain"));
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
