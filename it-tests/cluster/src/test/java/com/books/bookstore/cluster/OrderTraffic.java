package com.books.bookstore.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Clients that order without a pause, and repeat what was not answered under the same Idempotency-Key, at the next node of the bookstore,
 * until it is placed or refused. Thread-safe.
 */
final class OrderTraffic implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_LINES = 3;
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(300);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<URI> nodes;
    private final String token;
    private final List<Integer> books;
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;
    private final List<Future<?>> clients = new ArrayList<>();
    private volatile boolean stopping;

    /** @param books what is ordered; those at the beginning most often */
    OrderTraffic(int clients, List<URI> nodes, String token, List<Integer> books) {
        this.nodes = nodes;
        this.token = token;
        this.books = books;
        this.threads = Executors.newFixedThreadPool(clients);
        SplittableRandom seeds = new SplittableRandom(17);
        for (int i = 0; i < clients; i++) {
            SplittableRandom random = seeds.split();
            int number = i;
            this.clients.add(threads.submit(() -> orderUntilStopped(random, number)));
        }
    }

    /**
     * One request.
     *
     * @param status 0 if the connection was lost
     */
    private record Attempt(Instant at, int status) {

        boolean failed() {
            return status == 0 || status >= 500;
        }
    }

    /**
     * How orders were answered for some time.
     *
     * @param placed   orders
     * @param failed   requests that were answered 503, or lost their connection
     * @param failing  from the first of these to the last
     * @param longest  the longest time in which no order was placed
     */
    record Answers(long placed, long failed, Duration failing, Duration longest) {}

    private void orderUntilStopped(SplittableRandom random, int number) {
        try {
            while (!stopping) {
                order(random, number);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_ORDERS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void order(SplittableRandom random, int number) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        String body = body(random);
        for (int attempt = number; ; attempt++) {
            int status = send(nodes.get(attempt % nodes.size()), key, body);
            attempts.add(new Attempt(Instant.now(), status));
            if (status != 0 && status < 500 && status != 429) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_ATTEMPTS.toMillis());
        }
    }

    private String body(SplittableRandom random) {
        TreeSet<Integer> chosen = new TreeSet<>();
        int lines = random.nextInt(1, MAX_LINES + 1);
        while (chosen.size() < lines) {
            chosen.add(books.get(Math.min(random.nextInt(books.size()), random.nextInt(books.size()))));
        }
        StringJoiner items = new StringJoiner(",", "{\"items\":[", "]}");
        chosen.forEach(book -> items.add("{\"bookId\":" + book + ",\"quantity\":" + random.nextInt(1, 3) + "}"));
        return items.toString();
    }

    private int send(URI node, String key, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/orders/v1/orders"))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 201) {
                JsonNode order = JSON.readTree(response.body());
                acknowledged.put(key, order.get("orderId").asInt());
            } else if (response.statusCode() != 409 && response.statusCode() != 503) {
                System.out.println("Unexpected answer: " + response.statusCode() + " " + response.body());
            }
            return response.statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What happened from then to now. */
    Answers since(Instant begin) {
        List<Attempt> window =
                attempts.stream().filter(one -> one.at().isAfter(begin)).toList();
        List<Instant> failures = window.stream()
                .filter(Attempt::failed)
                .map(Attempt::at)
                .sorted()
                .toList();
        Duration longest = Duration.ZERO;
        Instant last = begin;
        List<Instant> placed = new ArrayList<>(window.stream()
                .filter(one -> one.status() == 201)
                .map(Attempt::at)
                .sorted()
                .toList());
        for (Instant at : placed) {
            Duration gap = Duration.between(last, at);
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            last = at;
        }
        return new Answers(
                placed.size(),
                failures.size(),
                failures.isEmpty()
                        ? Duration.ZERO
                        : Duration.between(failures.get(0), failures.get(failures.size() - 1)),
                longest);
    }

    /** How many requests got each status; 0 is a lost connection. */
    Map<Integer, Long> statuses() {
        return attempts.stream().collect(Collectors.groupingBy(Attempt::status, TreeMap::new, Collectors.counting()));
    }

    /** The numbers of the orders that were answered 201, one for each key. */
    Collection<Integer> acknowledged() {
        return acknowledged.values();
    }

    /** Lets every client finish its order. */
    void finish() throws InterruptedException {
        stopping = true;
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
