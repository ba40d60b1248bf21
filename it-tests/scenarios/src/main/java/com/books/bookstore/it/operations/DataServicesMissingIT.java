package com.books.bookstore.it.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.runtime.EmbeddedRuntime;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node that started while its database was down: Micro Integrator deploys the APIs then, and the data services never. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class DataServicesMissingIT {

    private static EmbeddedRuntime node;

    @BeforeAll
    static void startNode() {
        node = BookstoreSystem.startNodeWithoutDataServices();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void everyRequestIsToldWhatIsMissingAndTheLogSaysWhatToDo() {
        String id = "it-" + Shop.newKey();

        get(id, "/catalog/v1/books")
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("30"))
                .body("code", equalTo("data_services_missing"));

        assertThat(BookstoreSystem.logs().of(id))
                .singleElement()
                .asString()
                .contains(
                        "data_services_missing",
                        "the database was down when this server started",
                        "restart this server")
                .doesNotContain("\tat ");
    }

    @Test
    void theNodeIsNotAliveSoThatItIsStartedAgain() {
        for (int i = 0; i < 3; i++) {
            get("it-" + Shop.newKey(), "/health/live").statusCode(503).body("status", equalTo("down"));
        }

        List<String> lines = BookstoreSystem.logs().lines().stream()
                .filter(line -> line.contains("Not alive: "))
                .toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("BookDataService, OrderDataService", "Check the database, then restart this server");
    }

    private static ValidatableResponse get(String id, String path) {
        return RestAssured.given()
                .baseUri(node.baseUri().toString())
                .header("X-Correlation-ID", id)
                .get(path)
                .then();
    }
}
