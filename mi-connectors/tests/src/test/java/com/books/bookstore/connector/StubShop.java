package com.books.bookstore.connector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that notes requests and answers what it is told, and 200 otherwise. Its tokens are token-1, token-2 and so on. */
final class StubShop implements AutoCloseable {

    /** The connection is closed without an answer. */
    static final Answer LOST = new Answer(0, "");

    /** The connection stays open without an answer. */
    static final Answer NONE = new Answer(-1, "");

    record Answer(int status, String body) {}

    record Request(String line, String token, String key, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    final AtomicInteger tokens = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    StubShop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", exchange -> {
            boolean known =
                    "Basic c2hvcDpzZWNyZXQ=".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(
                    exchange,
                    known
                            ? new Answer(
                                    200,
                                    "{\"access_token\":\"token-" + tokens.incrementAndGet() + "\",\"expires_in\":3600}")
                            : new Answer(401, "{\"error\":\"invalid_client\"}"));
        });
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    body));
            Answer answer = answers.poll();
            answer(exchange, answer == null ? new Answer(200, "{\"done\":true}") : answer);
        });
        server.start();
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.equals(NONE)) {
            awaitClose();
        } else if (!answer.equals(LOST)) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"3\"");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void forget() {
        requests.clear();
        answers.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
