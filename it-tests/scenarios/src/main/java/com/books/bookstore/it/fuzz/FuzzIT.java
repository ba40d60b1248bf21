package com.books.bookstore.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Deployment;
import com.books.bookstore.it.support.Fuzz;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.RawHttp;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Requests made from the OpenAPI definitions and broken in many ways. No answer is a server error, all have a correlation ID, and where path
 * and method are an operation's, status and body are what its definition says.
 *
 * <p>{@code -Dbookstore.fuzz.requests=10000 -Dbookstore.fuzz.seed=7} makes the run longer, or another one. A failure names the seed and the
 * request's number. On a deployment it changes and orders only its own books, and makes no registration.
 */
@Isolated
@NotBehindGateway
@Fuzz
@ExtendWith(BookstoreSystem.class)
class FuzzIT {

    private static final int MOST_FAULTS_SHOWN = 25;
    private static final int ENOUGH_FOR_ALL_STATUSES = 300;
    /** What a request may be answered that is no operation's: a path or a method that an API does not have. */
    private static final Set<Integer> OF_NO_OPERATION =
            Set.of(200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429);

    /** Paths whose changes would be felt by the customers of a deployment. */
    private static final Set<String> OF_THE_WHOLE_SHOP =
            Set.of("/promotions", "/promotions/{code}", "/quantity-discounts", "/imports", "/imports/{importId}/apply");

    private final Map<String, String> tokens = new TreeMap<>();

    @Test
    void noRequestIsAnsweredOtherwiseThanDefined() throws IOException {
        int requests = Integer.getInteger(Fuzz.REQUESTS, 600);
        long seed = Long.getLong(Fuzz.SEED, 20_261_128);
        Optional<Deployment> deployment = BookstoreSystem.deployment();
        boolean careful = deployment.isPresent();
        Random random = new Random(seed);
        List<Integer> books = new ArrayList<>();
        List<Integer> orders = new ArrayList<>();
        RequestMaker maker = new RequestMaker(random, new Values(random, books, orders, careful), this::token, careful);
        RawHttp http = new RawHttp(URI.create(BookstoreSystem.apiAddress()));
        List<Definition.Operation> operations = Definition.allOperations();
        if (careful) {
            operations.removeIf(operation -> OF_THE_WHOLE_SHOP.contains(operation.path()));
        }
        String quantityDiscounts = Shop.catalog().get("/quantity-discounts").asString();
        List<String> faults = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();

        for (int number = 0; number < requests && faults.size() < MOST_FAULTS_SHOWN; number++) {
            if (number % 500 == 0) {
                // Others, who have their whole limit of requests, and books and orders that are not removed yet.
                tokens.clear();
                renew(books, orders, careful ? User.CUSTOMER : User.OTHER_CUSTOMER);
            }
            RequestMaker.Made made = maker.make(operations.get(random.nextInt(operations.size())));
            for (String fault : faults(http, made, statuses, deployment)) {
                faults.add("Seed " + seed + ", request " + number + ", "
                        + made.operation().spec().get("operationId") + ": " + fault + "\n    " + made.request());
            }
        }

        if (!careful) {
            Shop.orders(User.ADMIN)
                    .contentType(ContentType.JSON)
                    .header("If-Match", "*")
                    .body(quantityDiscounts)
                    .put("/quantity-discounts")
                    .then()
                    .statusCode(200);
        }
        assertThat(faults).isEmpty();
        if (requests >= ENOUGH_FOR_ALL_STATUSES) {
            // Neither all were refused, nor none was.
            assertThat(statuses).containsKeys(200, 201, 400, 401, 404, 405, 415);
        }
    }

    private static void renew(List<Integer> books, List<Integer> orders, User customer) {
        books.clear();
        orders.clear();
        for (int i = 0; i < 5; i++) {
            books.add(Shop.newBook("Fuzzed " + i, "9.90", 1_000));
            orders.add(Shop.order(customer, books.get(i), 1));
        }
    }

    private static List<String> faults(
            RawHttp http, RequestMaker.Made made, Map<Integer, Integer> statuses, Optional<Deployment> deployment) {
        RawHttp.Answer answer;
        try {
            answer = http.send(made.request());
        } catch (IOException e) {
            return List.of("no answer: " + e.getMessage());
        }
        if (answer.status() == 201) {
            deployment.ifPresent(known -> remember(known, answer.body()));
        }
        statuses.merge(answer.status(), 1, Integer::sum);
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) {
            faults.add("status " + answer.status() + " " + answer.body());
        }
        if (answer.header("X-Correlation-ID") == null) {
            faults.add("status " + answer.status() + " without correlation ID " + answer.body());
        }
        boolean head = "HEAD".equals(made.request().method());
        if (!made.asDefined()) {
            if (!OF_NO_OPERATION.contains(answer.status())) {
                faults.add("unexpected status " + answer.status());
            }
        } else if (head) {
            if (!made.operation().documents(answer.status())) {
                faults.add("undocumented status " + answer.status());
            }
        } else {
            made.operation()
                    .definition()
                    .faults(made.operation(), answer.status(), answer.headers(), answer.body())
                    .forEach(fault -> faults.add("status " + answer.status() + ": " + fault + " " + answer.body()));
        }
        if (answer.status() >= 400 && !head) {
            made.operation()
                    .definition()
                    .problemFaults(made.operation(), answer.headers(), answer.body())
                    .forEach(fault -> faults.add(
                            "status " + answer.status() + ", not a problem: " + fault + " " + answer.body()));
        }
        return faults;
    }

    private static void remember(Deployment deployment, String created) {
        JsonPath document = JsonPath.from(created);
        if (document.get("orderId") != null) {
            deployment.ordered(document.getInt("orderId"));
        } else if (document.get("bookId") != null) {
            deployment.putOnSale(document.getInt("bookId"));
        }
    }

    /** Of somebody new with this scope, and with the others that the operations of one role need. */
    private String token(String scope) {
        return tokens.computeIfAbsent(scope, each -> {
            User role = each.equals("orders:create") || each.equals("orders:read") ? User.CUSTOMER : User.ADMIN;
            if (BookstoreSystem.deployment().isPresent()) {
                return BookstoreSystem.token(role);
            }
            TestIdentityProvider provider = BookstoreSystem.identityProvider();
            return provider.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(provider.key().getKeyID())
                            .build(),
                    provider.claims(role)
                            .subject(UUID.randomUUID().toString())
                            .claim("email", "fuzz@books.com")
                            .build());
        });
    }
}
