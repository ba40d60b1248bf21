package com.books.bookstore.it.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreSystem.class)
class ReportIT {

    @Test
    void whatHappensTodayIsInTodaysFigures() {
        LocalDate today = today();
        JsonPath before = summary(today);
        int book = Shop.newBook("Reported", "10.00", 100);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/complete", Shop.order(User.CUSTOMER, book, 2))
                .then()
                .statusCode(200);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/cancel", Shop.order(User.CUSTOMER, book, 1))
                .then()
                .statusCode(200);

        JsonPath after = summary(today);

        // Other tests order at the same time, so the figures may have grown by more.
        assertThat(after.getInt("ordersPlaced")).isGreaterThanOrEqualTo(before.getInt("ordersPlaced") + 2);
        assertThat(after.getInt("ordersCompleted")).isGreaterThan(before.getInt("ordersCompleted"));
        assertThat(after.getInt("ordersCancelled")).isGreaterThan(before.getInt("ordersCancelled"));
        assertThat(decimal(after, "revenue"))
                .isGreaterThanOrEqualTo(decimal(before, "revenue").add(new BigDecimal("20.00")));
        assertThat(after.getList("bestSellers")).isNotEmpty();
    }

    @Test
    void aBookThatRunsOutIsReported() {
        int book = Shop.newBook("Scarce", "10.00", 0);
        Shop.reports(User.ADMIN)
                .get("/summaries/{date}", today().toString())
                .then()
                .statusCode(200)
                .body("lowStock.stockQuantity", hasItem(0))
                .body("lowStock", hasSize(lessThanOrEqualTo(20)));
        assertThat(Shop.stockOf(book)).isZero();
    }

    @Test
    void aRangeHasAnItemForEveryDay() {
        Shop.reports(User.ADMIN)
                .queryParam("from", "2020-02-28")
                .queryParam("to", "2020-03-01")
                .get("/summaries")
                .then()
                .statusCode(200)
                .body("items.date", contains("2020-02-28", "2020-02-29", "2020-03-01"))
                .body("items[0].ordersPlaced", equalTo(0))
                .body("items[0].revenue", equalTo(new BigDecimal("0.00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2037-12-31", "2038-01-18", "2038-01-19", "2106-02-07", "9999-12-31"})
    void aRangeInTheFutureHasNoItems(String day) {
        Shop.reports(User.ADMIN)
                .queryParam("from", day)
                .queryParam("to", day)
                .get("/summaries")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void aRangeEndsToday() {
        Shop.reports(User.ADMIN)
                .queryParam("from", today().minusDays(1).toString())
                .queryParam("to", today().plusDays(300).toString())
                .get("/summaries")
                .then()
                .statusCode(200)
                .body("items", hasSize(both(greaterThanOrEqualTo(2)).and(lessThanOrEqualTo(3))));
    }

    @Test
    void theFirstDayOfARangeIs1970() {
        Shop.reports(User.ADMIN)
                .queryParam("from", "1970-01-01")
                .queryParam("to", "1970-01-02")
                .get("/summaries")
                .then()
                .statusCode(200)
                .body("items.date", contains("1970-01-01", "1970-01-02"));
    }

    @Test
    void withoutARangeItIsTheLastThirtyDays() {
        LocalDate today = today();
        Shop.reports(User.ADMIN)
                .get("/summaries")
                .then()
                .statusCode(200)
                .body("items", hasSize(30))
                .body("items[29].date", greaterThanOrEqualTo(today.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,from",
        "to=2026-13-01,to",
        "from=2026-02-30,from",
        "from=2026-02-02&to=2026-02-01,from",
        "from=2020-01-01&to=2026-01-01,from",
        "from=,from",
        "from=1969-12-31&to=1970-01-01,from"
    })
    void aWrongRangeIsNamed(String query, String field) {
        Shop.reports(User.ADMIN)
                .get("/summaries?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", contains(field));
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow,400,invalid_request",
        "2026-02-30,400,invalid_request",
        "1969-12-31,400,invalid_request",
        "9999-12-31,404,summary_not_found"
    })
    void aDayThatCannotBeReportedIsRefused(String day, int status, String code) {
        Shop.reports(User.ADMIN)
                .get("/summaries/{date}", day)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
        Shop.reports(User.ADMIN)
                .post("/summaries/{date}/mail", day)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @Test
    void aDayIsMailedWhenItIsOver() {
        Shop.reports(User.ADMIN)
                .post("/summaries/{date}/mail", today().toString())
                .then()
                .statusCode(409)
                .body("code", equalTo("day_not_over"));
        Shop.reports(User.ADMIN)
                .post("/summaries/{date}/mail", "2020-02-29")
                .then()
                .statusCode(202)
                .body("mailKey", equalTo("summary-2020-02-29"))
                .body("kind", equalTo("summary"))
                .body("recipients", nullValue());
    }

    @ParameterizedTest
    @EnumSource(
            value = User.class,
            names = {"CUSTOMER", "STAFF"})
    @NotBehindGateway
    void onlyAdministratorsSeeFigures(User user) {
        Shop.reports(user).get("/summaries").then().statusCode(403).body("code", equalTo("insufficient_scope"));
        Shop.reports(user).get("/summaries/{date}", "2026-01-01").then().statusCode(403);
        Shop.reports(user).post("/summaries/{date}/mail", "2026-01-01").then().statusCode(403);
        Shop.mails(user).get("/mails").then().statusCode(403);
        Shop.mails(user).post("/mails/{id}/requeue", 1).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reports/v1/summaries", "/reports/v1/summaries/2026-01-01", "/mails/v1/mails"})
    void withoutATokenNothingIsTold(String path) {
        Shop.raw().get(path).then().statusCode(401);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static JsonPath summary(LocalDate day) {
        return Shop.reports(User.ADMIN)
                .get("/summaries/{date}", day.toString())
                .then()
                .statusCode(200)
                .body("date", equalTo(day.toString()))
                .extract()
                .jsonPath();
    }

    private static BigDecimal decimal(JsonPath json, String field) {
        return new BigDecimal(json.getString(field));
    }
}
