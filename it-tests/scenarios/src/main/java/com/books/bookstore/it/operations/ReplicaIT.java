package com.books.bookstore.it.operations;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.ReplicaSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node with BOOKSTORE_READ_DB_URL, whose replica has only one book, which is another one in the database. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
@TestMethodOrder(OrderAnnotation.class)
class ReplicaIT {

    private static final String DAY = "2001-02-03";

    private static ReplicaSystem system;

    @BeforeAll
    static void start() {
        system = new ReplicaSystem(
                "CALL create_book('Lagging behind', NULL, NULL, '{\"category\":\"Replicas\"}', 1.00, 5, 'test')",
                "INSERT INTO audit_events (kind, subject, actor, details, occurred_at)"
                        + " VALUES ('stock_changed', '1', 'replica@books.test', '{}', '" + DAY + "')",
                "INSERT INTO day_figures (day, orders_placed, orders_completed, orders_cancelled, revenue, discount)"
                        + " VALUES ('" + DAY + "', 77, 0, 0, 0, 0)");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void catalogAndReportsComeFromTheReplica() {
        catalog("/books/1").statusCode(200).header("ETag", equalTo("\"1\"")).body("title", equalTo("Lagging behind"));
        catalog("/books?q=lagging").statusCode(200).body("items.bookId", contains(1));
        catalog("/categories").statusCode(200).body("items.name", contains("Replicas"));
        as(User.STAFF).get("/inventory/v1/books").then().statusCode(200).body("total", equalTo(1));
        report("/summaries/" + DAY).statusCode(200).body("ordersPlaced", equalTo(77));
        report("/summaries?from=" + DAY + "&to=" + DAY).statusCode(200).body("items.ordersPlaced", contains(77));
        report("/audit-events?day=" + DAY)
                .statusCode(200)
                .body("total", equalTo(1))
                .body("items.actor", contains("replica@books.test"));
    }

    @Test
    @Order(2)
    void everythingElseIsAboutTheDatabase() {
        int book = Shop.newBook("Not yet in the replica", "4.00", 10);
        catalog("/books/" + book).statusCode(404);
        as(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body(Map.of("title", "Not yet in the replica", "price", 5))
                .put("/inventory/v1/books/{id}", book)
                .then()
                .statusCode(200);
        as(User.STAFF)
                .get("/inventory/v1/books/{id}/stock-movements", book)
                .then()
                .statusCode(200)
                .body("total", equalTo(1));
        order(book).statusCode(201).body("items[0].unitPrice", equalTo(5.0f));
    }

    /** Until its pool gives up, a request waits; orders do not notice. */
    @Test
    @Order(3)
    void withoutTheReplicaOnlyCatalogAndReportsFail() {
        int book = Shop.newBook("Ordered meanwhile", "4.00", 10);
        system.stopReplica();

        catalog("/books/1").statusCode(503).body("code", equalTo("database_unavailable"));
        order(book).statusCode(201);
        RestAssured.get(system.address() + "/health/ready").then().statusCode(200);
    }

    private static ValidatableResponse catalog(String path) {
        return RestAssured.get(system.address() + "/catalog/v1" + path).then();
    }

    private static ValidatableResponse report(String path) {
        return as(User.ADMIN).get("/reports/v1" + path).then();
    }

    private static ValidatableResponse order(int book) {
        return as(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Shop.newKey())
                .body(Shop.lines(book, 1))
                .post("/orders/v1/orders")
                .then();
    }

    private static RequestSpecification as(User user) {
        return RestAssured.given()
                .baseUri(system.address().toString())
                .header("Authorization", "Bearer " + BookstoreSystem.token(user));
    }
}
