package com.books.bookstore.benchmark.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.UUID;

/** What clients ask for. Thread-safe; each connection brings its own random numbers. */
enum Workload {

    /** A book by its number, any of the catalog. */
    READ_BOOK("GET /catalog/v1/books/{id}") {
        @Override
        HttpCall next(SplittableRandom random, int books, List<Customer> customers) {
            int id = bookId(random, books);
            return HttpCall.get("/catalog/v1/books/" + id, "\"bookId\": " + id + ",");
        }
    },

    /** A new order of one to three different books, one or two copies each, by any of the customers. */
    PLACE_ORDER("POST /orders/v1/orders") {
        @Override
        HttpCall next(SplittableRandom random, int books, List<Customer> customers) {
            TreeSet<Integer> chosen = new TreeSet<>();
            int lines = Math.min(books, random.nextInt(1, MAX_LINES + 1));
            while (chosen.size() < lines) {
                chosen.add(bookId(random, books));
            }
            StringJoiner items = new StringJoiner(",", "{\"items\":[", "]}");
            chosen.forEach(
                    id -> items.add("{\"bookId\":" + id + ",\"quantity\":" + random.nextInt(1, MAX_COPIES + 1) + "}"));
            return order(random, customers, items.toString());
        }
    },

    /** One copy of the same book for all: orders wait for each other. */
    ORDER_HOT_BOOK("POST /orders/v1/orders, all of one book") {
        @Override
        HttpCall next(SplittableRandom random, int books, List<Customer> customers) {
            return order(random, customers, "{\"items\":[{\"bookId\":1,\"quantity\":1}]}");
        }
    };

    private static final int MAX_LINES = 3;
    private static final int MAX_COPIES = 2;

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * @param books the catalog has the numbers 1 to this
     */
    abstract HttpCall next(SplittableRandom random, int books, List<Customer> customers);

    /** Whether each request makes an order. */
    boolean orders() {
        return this != READ_BOOK;
    }

    private static HttpCall order(SplittableRandom random, List<Customer> customers, String body) {
        Customer customer = customers.get(random.nextInt(customers.size()));
        UUID key = new UUID(random.nextLong(), random.nextLong());
        return HttpCall.post(
                "/orders/v1/orders",
                customer.headers() + "Idempotency-Key: " + key + "\r\n",
                body,
                "\"userEmail\": \"" + customer.email() + "\"");
    }

    private static int bookId(SplittableRandom random, int books) {
        return random.nextInt(1, books + 1);
    }
}
