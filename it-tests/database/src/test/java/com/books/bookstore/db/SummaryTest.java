package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of a day, and the email that tells administrators of them. */
@Tag("slow")
class SummaryTest {

    private static final int LOW_STOCK = 5;
    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @BeforeEach
    void emptyShop() {
        DATABASE.execute(
                "DELETE FROM mail_outbox",
                "DELETE FROM figures_pending",
                "DELETE FROM day_figures",
                "DELETE FROM day_sales",
                "DELETE FROM order_totals",
                "DELETE FROM order_history",
                "DELETE FROM payments",
                "DELETE FROM order_items",
                "DELETE FROM orders",
                "DELETE FROM stock_movements",
                "DELETE FROM books");
    }

    @Test
    void aDayWithoutOrdersHasFiguresToo() {
        JsonNode summary = summary(DAY);

        assertThat(summary.get("date").textValue()).isEqualTo("2026-03-10");
        assertThat(summary.get("ordersPlaced").intValue()).isZero();
        assertThat(summary.get("revenue").decimalValue()).isEqualTo(new BigDecimal("0.00"));
        assertThat(summary.get("currency").textValue()).isEqualTo("USD");
        assertThat(summary.get("bestSellers")).isEmpty();
        assertThat(summary.get("lowStock")).isEmpty();
    }

    @Test
    void countsWhatHappenedAndTheMoneyOfWhatWasCompleted() {
        int emma = shop.addBook("Emma", 100);
        int kim = shop.addBook("Kim \"of India\"", 100);
        BigDecimal discount = new BigDecimal("1.00");
        shop.complete(order(new Line(emma, 2, Shop.PRICE, discount), Line.of(kim, 3)));
        shop.complete(order(Line.of(emma, 2)));
        shop.cancel(order(Line.of(emma, 7)), "");
        order(Line.of(kim, 1));
        everythingHappenedAt("2026-03-10 12:00:00");

        JsonNode summary = summary(DAY);

        assertThat(summary.get("ordersPlaced").intValue()).isEqualTo(4);
        assertThat(summary.get("ordersCompleted").intValue()).isEqualTo(2);
        assertThat(summary.get("ordersCancelled").intValue()).isEqualTo(1);
        BigDecimal revenue =
                (BigDecimal) DATABASE.value("SELECT SUM(total_amount) FROM orders WHERE payment_status = 'completed'");
        assertThat(summary.get("revenue").decimalValue()).isEqualTo(revenue);
        assertThat(summary.get("discount").decimalValue()).isEqualTo(discount);
        assertThat(summary.get("bestSellers")).isEqualTo(Shop.json("""
                [{"bookId": %d, "title": "Emma", "quantity": 4, "revenue": 38.60},
                 {"bookId": %d, "title": "Kim \\"of India\\"", "quantity": 3, "revenue": 29.70}]""".formatted(emma, kim)));
    }

    @Test
    void aSaleCountsOnTheDayOnWhichItWasCompleted() {
        int order = order(Line.of(shop.addBook("Late", 10), 1));
        everythingHappenedAt("2026-03-10 12:00:00");
        shop.complete(order);
        DATABASE.execute("UPDATE order_history SET occurred_at = '2026-03-11 09:00:00' WHERE event = 'completed'");

        assertThat(summary(DAY).get("ordersPlaced").intValue()).isEqualTo(1);
        assertThat(summary(DAY).get("revenue").decimalValue()).isEqualTo(new BigDecimal("0.00"));
        assertThat(summary(DAY.plusDays(1)).get("ordersPlaced").intValue()).isZero();
        assertThat(summary(DAY.plusDays(1)).get("revenue").decimalValue()).isEqualTo(new BigDecimal("10.69"));
    }

    @Test
    void aDayBeginsAndEndsAtMidnightOfUtcWhateverTheSessionsTimeZone() throws SQLException {
        int book = shop.addBook("Midnight", 100);
        at("2026-03-09 23:59:59.999", order(Line.of(book, 1)));
        at("2026-03-10 00:00:00.000", order(Line.of(book, 1)));
        at("2026-03-10 23:59:59.999", order(Line.of(book, 1)));
        at("2026-03-11 00:00:00.000", order(Line.of(book, 1)));

        try (Connection connection = DATABASE.dataSource().getConnection()) {
            // The zones by name have a day of 25 hours; a database without their names takes the offsets only.
            for (String zone : zones()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("SET time_zone = '" + zone + "'");
                }
                assertThat(Shop.json(TestDatabase.rows(connection, "CALL get_summary(?, ?)", DAY.toString(), 0)
                                        .get(0)
                                        .get("document")
                                        .toString())
                                .get("ordersPlaced")
                                .intValue())
                        .as(zone)
                        .isEqualTo(2);
                assertThat(
                                TestDatabase.rows(connection, "CALL list_summaries(?, ?)", "2026-03-09", "2026-03-11")
                                        .stream()
                                        .map(row -> Shop.json(
                                                        row.get("document").toString())
                                                .get("ordersPlaced")
                                                .intValue()))
                        .as(zone)
                        .containsExactly(1, 2, 1);
            }
            try (var statement = connection.createStatement()) {
                statement.execute("SET time_zone = '+00:00'");
            }
        }
    }

    private static List<String> zones() {
        return DATABASE.value("SELECT CONVERT_TZ('2026-10-25 12:00:00', 'UTC', 'Europe/London')") == null
                ? List.of("+00:00", "-11:00", "+13:00")
                : List.of("+00:00", "-11:00", "+13:00", "Europe/London", "America/Los_Angeles");
    }

    @Test
    void foldingChangesNoFigureAndAddsLateEventsToTheirDay() {
        int emma = shop.addBook("Emma", 1000);
        int kim = shop.addBook("Kim", 1000);
        List<JsonNode> before = new ArrayList<>();
        for (int copies = 1; copies <= 12; copies++) {
            shop.complete(order(Line.of(emma, copies), Line.of(kim, 2)));
            shop.complete(order(Line.of(shop.addBook("Book " + copies, 100), copies)));
        }
        shop.cancel(order(Line.of(kim, 1)), "");
        everythingHappenedAt("2026-03-10 23:59:59.999");
        before.add(summary(DAY));
        before.add(summaries(DAY));

        for (int folded = 0; folded < 50; folded += 7) {
            assertThat(fold(7)).isEqualTo(Math.min(7, 50 - folded));
            assertThat(List.of(summary(DAY), summaries(DAY))).isEqualTo(before);
        }
        assertThat(fold(7)).isZero();

        int late = order(Line.of(kim, 100));
        shop.complete(late);
        at("2026-03-10 09:00:00", late);
        fold(100);
        assertThat(summary(DAY).get("bestSellers").get(0).get("bookId").intValue())
                .isEqualTo(kim);
        assertThat(summaries(DAY).get("ordersCompleted").intValue())
                .isEqualTo(before.get(0).get("ordersCompleted").intValue() + 1);
    }

    @Test
    void anEventThatIsBeingWrittenWaitsForTheNextFold() throws SQLException {
        shop.complete(order(Line.of(shop.addBook("Emma", 1000), 1)));
        everythingHappenedAt("2026-03-10 12:00:00");
        JsonNode before = summary(DAY);
        assertThat(fold(100)).isEqualTo(2);
        try (Connection writer = DATABASE.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO order_history (order_id, event, actor, occurred_at)"
                    + " SELECT MAX(order_id), 'placed', 'test', '2026-03-10 13:00:00' FROM orders");
            statement.execute("INSERT INTO figures_pending VALUES (LAST_INSERT_ID())");

            assertThat(fold(100)).isZero();
            assertThat(summary(DAY)).isEqualTo(before);

            writer.commit();
        }
        assertThat(fold(100)).isEqualTo(1);
        assertThat(summary(DAY).get("ordersPlaced").intValue()).isEqualTo(2);
    }

    @Test
    void nodesThatFoldAtTheSameTimeAddEveryEventOnce() throws Exception {
        int book = shop.addBook("Shared", 1000);
        for (int i = 0; i < 30; i++) {
            shop.complete(order(Line.of(book, 1)));
        }
        everythingHappenedAt("2026-03-10 12:00:00");
        ExecutorService nodes = Executors.newFixedThreadPool(6);
        List<Future<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 60; run++) {
            runs.add(nodes.submit(() -> fold(3)));
        }
        int folded = 0;
        for (Future<Integer> run : runs) {
            folded += run.get();
        }
        nodes.shutdown();

        assertThat(folded + fold(1000)).isEqualTo(60);
        assertThat(summary(DAY).get("ordersCompleted").intValue()).isEqualTo(30);
        assertThat(summary(DAY).get("bestSellers").get(0).get("quantity").intValue())
                .isEqualTo(30);
    }

    @Test
    void everyDayThatADateCanBeHasFigures() {
        for (LocalDate day :
                List.of(LocalDate.of(1969, 12, 31), LocalDate.of(2038, 1, 20), LocalDate.of(9999, 12, 31))) {
            assertThat(summary(day).get("ordersPlaced").intValue()).isZero();
            assertThat(summaries(day).get("date").textValue()).isEqualTo(day.toString());
        }
    }

    @Test
    void listsBooksThatRunOut() {
        shop.addBook("Plenty", LOW_STOCK + 1);
        int few = shop.addBook("Few", LOW_STOCK);
        int none = shop.addBook("None", 0);
        shop.deleteBook(shop.addBook("Off sale", 0), "*");

        assertThat(summary(DAY).get("lowStock")).isEqualTo(Shop.json("""
                [{"bookId": %d, "title": "None", "stockQuantity": 0}, {"bookId": %d, "title": "Few", "stockQuantity": 5}]""".formatted(none, few)));
    }

    @Test
    void keepsTheMailShort() {
        for (int i = 0; i < 25; i++) {
            shop.complete(order(Line.of(shop.addBook("Book " + i, 1), 1)));
        }
        everythingHappenedAt("2026-03-10 12:00:00");

        assertThat(summary(DAY).get("bestSellers")).hasSize(10);
        assertThat(summary(DAY).get("lowStock")).hasSize(20);
    }

    @Test
    void listsEveryDayOfARange() {
        shop.complete(order(Line.of(shop.addBook("Ranged", 10), 1)));
        everythingHappenedAt("2026-03-10 12:00:00");

        List<JsonNode> days = DATABASE.rows("CALL list_summaries(?, ?)", "2026-03-08", "2026-03-12").stream()
                .map(row -> Shop.json((String) row.get("document")))
                .toList();

        assertThat(days)
                .extracting(day -> day.get("date").textValue())
                .containsExactly("2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12");
        assertThat(days)
                .extracting(day -> day.get("revenue").decimalValue().toPlainString())
                .containsExactly("0.00", "0.00", "10.69", "0.00", "0.00");
        assertThat(days.get(2)).isEqualTo(Shop.json("""
                {"date": "2026-03-10", "ordersPlaced": 1, "ordersCompleted": 1, "ordersCancelled": 0, "revenue": 10.69, "discount": 0.00,
                 "currency": "USD"}"""));
        assertThat(DATABASE.rows("CALL list_summaries(?, ?)", "2025-03-10", "2026-03-10"))
                .hasSize(366);
        assertThat(DATABASE.rows("CALL list_summaries(?, ?)", "2026-03-11", "2026-03-10"))
                .isEmpty();
    }

    @Test
    void theVeryFirstSummaryIsYesterdays() {
        assertThat(queue(DAY)).isEqualTo(1);
        assertThat(queue(DAY)).isZero();
        assertThat(keys()).containsExactly("summary-2026-03-10");
        assertThat(DATABASE.value("SELECT recipients FROM mail_outbox")).isEqualTo("");
    }

    @Test
    void missedDaysAreCaughtUpOneMailForEach() {
        queue(DAY);
        assertThat(queue(DAY.plusDays(3))).isEqualTo(3);
        assertThat(keys())
                .containsExactly(
                        "summary-2026-03-10", "summary-2026-03-11", "summary-2026-03-12", "summary-2026-03-13");
    }

    @Test
    void afterALongTimeOnlyTheLastWeekIsCaughtUp() {
        queue(DAY);
        assertThat(queue(DAY.plusDays(60))).isEqualTo(7);
        assertThat(keys()).contains("summary-2026-05-03", "summary-2026-05-09").doesNotContain("summary-2026-05-02");
    }

    @Test
    void aDayQueuedByHandDoesNotHideAMissedOne() {
        queue(DAY);
        DATABASE.rows("CALL queue_summary(?, ?, ?)", DAY.plusDays(2), LOW_STOCK, "");
        assertThat(queue(DAY.plusDays(2))).isEqualTo(1);
        assertThat(keys()).containsExactly("summary-2026-03-10", "summary-2026-03-11", "summary-2026-03-12");
    }

    @Test
    void aSummaryCanBeAskedForAgainAndSaysWhatItSaid() {
        Map<String, Object> first = DATABASE.rows("CALL queue_summary(?, ?, ?)", DAY, LOW_STOCK, "by-hand")
                .get(0);
        assertThat(first).containsEntry("outcome", "queued");
        assertThat(Shop.json((String) first.get("document"))
                        .get("correlationId")
                        .textValue())
                .isEqualTo("by-hand");
        Object said = DATABASE.value("SELECT document FROM mail_outbox");
        DATABASE.execute("UPDATE mail_outbox SET status = 'sent', sent_at = UTC_TIMESTAMP(3)");
        order(Line.of(shop.addBook("Afterwards", 10), 1));
        everythingHappenedAt("2026-03-10 12:00:00");

        Map<String, Object> again =
                DATABASE.rows("CALL queue_summary(?, ?, ?)", DAY, LOW_STOCK, "").get(0);

        assertThat(again).containsEntry("outcome", "requeued");
        assertThat(Shop.json((String) again.get("document")).get("status").textValue())
                .isEqualTo("waiting");
        assertThat(DATABASE.value("SELECT document FROM mail_outbox WHERE kind = 'summary'"))
                .isEqualTo(said);
    }

    @Test
    void whichSummariesAreDueDoesNotCostMoreTheMoreEmailsThereAre() throws SQLException {
        queue(DAY);
        DATABASE.execute(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at)"
                        + " SELECT CONCAT('order-', a.position, '-', b.position), 'order_placed', 'ann@books.com', 'id', '{}', 'sent', '2026-01-01', '2026-01-01'"
                        + " FROM search_positions AS a CROSS JOIN search_positions AS b");

        try (Connection connection = DATABASE.dataSource().getConnection()) {
            long before = TestDatabase.rowsRead(connection);
            TestDatabase.rows(connection, "CALL queue_summaries(?, ?)", DAY, LOW_STOCK);
            assertThat(TestDatabase.rowsRead(connection) - before).isLessThan(1_000);
        }
    }

    @RepeatedTest(40)
    void twoNodesQueueOneSummary() throws Exception {
        queue(DAY);
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> queued = new ArrayList<>();
        for (int node = 0; node < 8; node++) {
            queued.add(nodes.submit(() -> {
                start.await();
                return queue(DAY.plusDays(4));
            }));
        }
        start.countDown();
        int total = 0;
        for (Future<Integer> node : queued) {
            total += node.get();
        }
        nodes.shutdown();

        assertThat(total).isEqualTo(4);
        assertThat(keys()).hasSize(5);
    }

    private int order(Line... lines) {
        return shop.place(lines).id("orderId");
    }

    private static void everythingHappenedAt(String utc) {
        DATABASE.execute("UPDATE order_history SET occurred_at = '" + utc + "'");
    }

    private static void at(String utc, int order) {
        DATABASE.execute("UPDATE order_history SET occurred_at = '" + utc + "' WHERE order_id = " + order);
    }

    private static JsonNode summary(LocalDate day) {
        return Shop.json((String) DATABASE.value("CALL get_summary(?, ?)", day, LOW_STOCK));
    }

    private static JsonNode summaries(LocalDate day) {
        return Shop.json((String) DATABASE.value("CALL list_summaries(?, ?)", day, day));
    }

    private static int fold(int batch) {
        return (int) DATABASE.count("CALL fold_figures(?)", batch);
    }

    private static int queue(LocalDate through) {
        return (int) DATABASE.count("CALL queue_summaries(?, ?)", through, LOW_STOCK);
    }

    private static List<String> keys() {
        return DATABASE.rows("SELECT mail_key FROM mail_outbox WHERE kind = 'summary' ORDER BY mail_key").stream()
                .map(row -> (String) row.get("mail_key"))
                .toList();
    }
}
