package com.books.bookstore.it.target;

import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Notes what the tests put into a deployment, and removes what can be removed. Thread-safe. */
final class TargetTraces implements Filter {

    private static final TargetTraces ALL = new TargetTraces();
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final Set<Integer> books = ConcurrentHashMap.newKeySet();
    private final Set<Integer> orders = ConcurrentHashMap.newKeySet();
    private final List<String> accounts = new ArrayList<>();

    private TargetTraces() {}

    static TargetTraces all() {
        return ALL;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        if (response.statusCode() == 201 && "POST".equals(request.getMethod())) {
            if (request.getURI().endsWith("/inventory/v1/books")) {
                book(response.jsonPath().getInt("bookId"));
            } else if (request.getURI().endsWith("/orders/v1/orders")) {
                order(response.jsonPath().getInt("orderId"));
            }
        }
        return response;
    }

    void book(int bookId) {
        books.add(bookId);
    }

    void order(int orderId) {
        orders.add(orderId);
    }

    /** An account that was approved, and stays. */
    synchronized void account(String email) {
        accounts.add(email);
    }

    /**
     * Takes the books off sale and cancels the orders that wait.
     *
     * @return sentences about what is left
     */
    List<String> tidyUp() {
        long ordersThatWaited = List.copyOf(orders).stream()
                .map(order -> patiently(() -> Shop.orders(User.STAFF).post("/orders/{id}/cancel", order)))
                .filter(answer -> answer.statusCode() == 200)
                .count();
        long booksLeft = List.copyOf(books).stream()
                .map(book -> patiently(() -> Shop.inventory(User.STAFF).delete("/books/{id}", book))
                        .statusCode())
                .filter(status -> status != 204 && status != 404)
                .count();
        List<String> sentences = new ArrayList<>();
        sentences.add(books.size() + " books were put on sale; "
                + (booksLeft == 0 ? "all are" : "all but " + booksLeft + " are") + " off sale again");
        sentences.add(orders.size() + " orders were placed and stay; the " + ordersThatWaited
                + " that waited at the end were cancelled");
        synchronized (this) {
            accounts.forEach(email ->
                    sentences.add("the account " + email + " was made and stays: remove it at the identity server"));
        }
        return sentences;
    }

    /** Sends a request again while the caller has sent too many: limits are for a minute, also those of a gateway, which does not say how long. */
    private static Response patiently(Supplier<Response> request) {
        Instant end = Instant.now().plus(LONGEST_LIMIT);
        Response response = request.get();
        while (response.statusCode() == 429 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            response = request.get();
        }
        return response;
    }
}
