package com.books.bookstore.it.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and figures: what load balancers and Prometheus ask. */
@Isolated
@NotBehindGateway
@ExtendWith(BookstoreSystem.class)
class MonitoringIT {

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void strangersHearNoDetail(String path) {
        Response answer = Shop.raw().get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("{\"status\":\"up\"}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aRequestThatCannotBeReadDoesNotMakeTheNodeUnready() {
        // Micro Integrator reads a body only if a mediator asks for it.
        Shop.raw()
                .contentType(ContentType.JSON)
                .body("{\"")
                .get("/health/ready")
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(400)));
    }

    @Test
    @NeedsControl
    void whoHasTheTokenHearsTheParts() {
        monitoring()
                .get("/health/ready")
                .then()
                .statusCode(200)
                .body("parts.database", equalTo("up"))
                .body("parts.identityServer", equalTo("up"));
    }

    @Test
    @NeedsControl
    void withoutTheDatabaseTheNodeLivesAndIsNotReady() {
        BookstoreSystem.stopDatabase();
        try {
            Shop.raw().get("/health/live").then().statusCode(200);
            Shop.raw().get("/health/ready").then().statusCode(503).body("status", equalTo("down"));
            monitoring()
                    .get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body("parts.database", equalTo("down"))
                    .body("parts.identityServer", equalTo("up"));

            String id = "it-" + Shop.newKey();
            Shop.catalog().header("X-Correlation-ID", id).get("/books/1").then().statusCode(503);
            List<String> lines = BookstoreSystem.logs().of(id);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .contains("database_unavailable")
                    .contains(id)
                    .doesNotContain("\tat ")
                    .doesNotContain("SELECT");
        } finally {
            BookstoreSystem.startDatabase();
        }
        await().atMost(30, SECONDS).until(() -> Shop.raw().get("/health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @NeedsControl
    void aProbeIsAnsweredWithinTheTimeoutOfProbesWhenTheDatabaseIsAwayOrHangs(boolean hangs) throws Exception {
        // As the probes of deployment/kubernetes have it; requests wait as long for a connection alone.
        HttpRequest probe = HttpRequest.newBuilder(URI.create(BookstoreSystem.apiAddress() + "/health/ready"))
                .header("Authorization", "Bearer " + BookstoreSystem.METRICS_TOKEN)
                .timeout(Duration.ofSeconds(5))
                .build();
        BookstoreSystem.stopDatabase();
        try (ServerSocket silent = hangs ? BookstoreSystem.hangingDatabase() : null) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(probe, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"database\":\"down\"");
        } finally {
            BookstoreSystem.startDatabase();
        }
        await().atMost(30, SECONDS).until(() -> Shop.raw().get("/health/ready").statusCode() == 200);
        await().atMost(30, SECONDS).until(() -> Shop.catalog().get("/books").statusCode() == 200);
    }

    @Test
    @NeedsControl
    void withoutTheIdentityServerTheNodeIsNotReady() {
        BookstoreSystem.identityProvider().publishKeys(false);
        try {
            await().atMost(30, SECONDS)
                    .until(() -> Shop.raw().get("/health/ready").statusCode() == 503);
            monitoring()
                    .get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body("parts.database", equalTo("up"))
                    .body("parts.identityServer", equalTo("down"));
            Shop.catalog().get("/books").then().statusCode(200);
        } finally {
            BookstoreSystem.identityProvider().publishKeys(true);
        }
        await().atMost(30, SECONDS).until(() -> Shop.raw().get("/health/ready").statusCode() == 200);
    }

    @Test
    @NeedsControl
    void theFiguresAreCounted() {
        double pending = figure("bookstore_orders{status=\"pending\"}");
        double completed = figure("bookstore_orders{status=\"completed\"}");
        double soldOut = figure("bookstore_books_out_of_stock");
        int book = Shop.newBook("Counted", "12.50", 2);
        int order = Shop.order(User.CUSTOMER, book, 2);
        assertThat(figure("bookstore_orders{status=\"pending\"}")).isEqualTo(pending + 1);
        assertThat(figure("bookstore_books_out_of_stock")).isEqualTo(soldOut + 1);

        Shop.orders(User.STAFF).post("/orders/{id}/complete", order).then().statusCode(200);
        assertThat(figure("bookstore_orders{status=\"pending\"}")).isEqualTo(pending);
        assertThat(figure("bookstore_orders{status=\"completed\"}")).isEqualTo(completed + 1);
        assertThat(figure("bookstore_revenue_total{currency=\"USD\"}")).isGreaterThanOrEqualTo(25);
    }

    @Test
    @NeedsControl
    void registrationsThatWaitAreCounted() {
        // An answer that takes longer than the other figures wait for it is there the next time.
        double before = await().atMost(30, SECONDS)
                .until(MonitoringIT::waitingRegistrations, OptionalDouble::isPresent)
                .getAsDouble();
        String email = Shop.newKey() + "@example.com";
        Shop.raw()
                .header("X-Forwarded-For", "198.51.100.60")
                .contentType(ContentType.JSON)
                .body(Map.of("token", BookstoreSystem.confirmationToken(email), "password", "Great-Smials-1"))
                .post("/registrations/v1/confirmations")
                .then()
                .statusCode(202);
        await().atMost(30, SECONDS).until(() -> waitingRegistrations().equals(OptionalDouble.of(before + 1)));

        Shop.raw()
                .header("Authorization", "Bearer " + BookstoreSystem.token(User.ADMIN))
                .post(
                        "/registrations/v1/registrations/{id}/approve",
                        BookstoreSystem.identityServer().waiting(email))
                .then()
                .statusCode(200);
        await().atMost(30, SECONDS).until(() -> waitingRegistrations().equals(OptionalDouble.of(before)));
    }

    @Test
    @NeedsControl
    void whileTheIdentityServerHangsTheOtherFiguresAreThere() {
        BookstoreSystem.identityServer().hang(true);
        try {
            await().atMost(30, SECONDS).until(() -> waitingRegistrations().isEmpty());
            assertThat(figure("bookstore_orders{status=\"pending\"}")).isNotNegative();
        } finally {
            BookstoreSystem.identityServer().hang(false);
        }
        await().atMost(30, SECONDS).until(() -> waitingRegistrations().isPresent());
    }

    @Test
    @NeedsControl
    void theFiguresNeedTheMonitoringToken() {
        Shop.raw().get("/metrics/business").then().statusCode(401).body("code", equalTo("missing_token"));
        Shop.raw()
                .header("Authorization", "Bearer guess")
                .get("/metrics/business")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_token"));
        Shop.raw()
                .header("Authorization", "Bearer " + BookstoreSystem.token(User.ADMIN))
                .get("/metrics/business")
                .then()
                .statusCode(401);
    }

    private static RequestSpecification monitoring() {
        return Shop.raw().header("Authorization", "Bearer " + BookstoreSystem.METRICS_TOKEN);
    }

    private static OptionalDouble waitingRegistrations() {
        return series("bookstore_registrations_waiting");
    }

    private static double figure(String series) {
        OptionalDouble figure = series(series);
        assertThat(figure).as(series).isPresent();
        return figure.getAsDouble();
    }

    private static OptionalDouble series(String series) {
        String text = monitoring()
                .get("/metrics/business")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/plain"))
                .extract()
                .asString();
        Matcher line = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(text);
        return line.find() ? OptionalDouble.of(Double.parseDouble(line.group(1))) : OptionalDouble.empty();
    }
}
