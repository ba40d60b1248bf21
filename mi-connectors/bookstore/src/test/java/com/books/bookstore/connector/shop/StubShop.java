package com.books.bookstore.connector.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that notes requests and answers what it is told, and 200 otherwise. Its tokens are token-1, token-2 and so on. */
final class StubShop implements AutoCloseable {

    /** @param status 0 to close the connection without an answer */
    record Answer(int status, String body) {}

    record Request(String line, String token, String key, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    final AtomicInteger tokens = new AtomicInteger();
    private final HttpServer server;

    StubShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status() != 0) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"3\"");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
