package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to emails between the transaction that asked for them and the mail server. */
@Tag("slow")
class MailOutboxTest {

    /** In seconds; also how long the leases of these tests are. */
    private static final int MINUTE = 60;

    private static final int MAX_ATTEMPTS = 3;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @BeforeEach
    void emptyOutbox() {
        DATABASE.execute("DELETE FROM mail_outbox");
    }

    @Test
    void aPlacedOrderLeavesAMailWithTheOrderAsItWas() {
        Answer placed = shop.place(Line.of(shop.addBook("Emma", 5), 2));

        Map<String, Object> mail = theMail("order-" + placed.id("orderId") + "-placed");

        assertThat(mail)
                .containsEntry("kind", "order_placed")
                .containsEntry("recipients", CUSTOMER)
                .containsEntry("status", "waiting")
                .containsEntry("attempts", 0)
                .containsEntry("correlation_id", Shop.CORRELATION_ID);
        assertThat(mail.get("message_id").toString()).matches("[0-9a-f-]{36}@books\\.com");
        assertThat(Shop.json((String) mail.get("document"))).isEqualTo(placed.document());
    }

    @Test
    void everyStepOfAnOrderLeavesItsOwnMail() {
        int completed = shop.place(Line.of(shop.addBook("Emma", 5), 1)).id("orderId");
        shop.complete(completed);
        int cancelled = shop.place(Line.of(shop.addBook("Persuasion", 5), 1)).id("orderId");
        shop.cancel(cancelled, "");

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "order-" + completed + "-placed",
                        "order-" + completed + "-completed",
                        "order-" + cancelled + "-placed",
                        "order-" + cancelled + "-cancelled");
        assertThat(theMail("order-" + completed + "-completed"))
                .containsEntry("kind", "order_completed")
                .containsEntry("recipients", CUSTOMER);
        assertThat(theMail("order-" + cancelled + "-cancelled").get("document").toString())
                .contains("cancelled");
    }

    @Test
    void whatChangesNothingLeavesNoMail() {
        int book = shop.addBook("Rare", 1);
        String key = UUID.randomUUID().toString();
        int orderId = shop.place(CUSTOMER, key, Line.of(book, 1)).id("orderId");
        shop.complete(orderId);
        emptyOutbox();

        shop.place(CUSTOMER, key, Line.of(book, 1));
        shop.place(Line.of(book, 1));
        shop.place(Line.of(1_000_000, 1));
        shop.complete(orderId);
        shop.cancel(orderId, CUSTOMER);
        shop.cancel(2_000_000_000, "");

        assertThat(keys()).isEmpty();
    }

    @Test
    void anOrderThatIsRolledBackLeavesNoMail() {
        int book = shop.addBook("Doubtful", 5);
        String doesNotAddUp =
                Shop.orderJson(null, Line.of(book, 1)).replace("\"totalAmount\":10.69", "\"totalAmount\":1.00");

        assertThatThrownBy(() -> shop.place(CUSTOMER, "key", "f".repeat(64), doesNotAddUp))
                .isInstanceOf(DatabaseRefusal.class);
        assertThat(keys()).isEmpty();
    }

    /** An email that cannot be written takes the order with it: otherwise it would be lost. */
    @Test
    void anOrderWhoseMailCannotBeWrittenIsNotPlaced() {
        int book = shop.addBook("Together", 5);
        long next = DATABASE.count("SELECT COALESCE(MAX(order_id), 0) + 1 FROM orders");
        for (long id = next; id < next + 5; id++) {
            DATABASE.execute(insertMail("order-" + id + "-placed"));
        }
        long orders = DATABASE.count("SELECT COUNT(*) FROM orders");

        assertThatThrownBy(() -> shop.place(Line.of(book, 1))).isInstanceOf(DatabaseRefusal.class);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM orders")).isEqualTo(orders);
        assertThat(shop.stock(book)).isEqualTo(5);
    }

    @Test
    void aRequestWithoutANameAndOneWithALongNameHaveTheirMailsToo() {
        int book = shop.addBook("Named", 5);
        String order = Shop.orderJson(null, Line.of(book, 1));
        DATABASE.rows(
                "CALL place_order(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "subject",
                CUSTOMER,
                CUSTOMER,
                "a",
                "f".repeat(64),
                Shop.TAX_RATE,
                order,
                1,
                "");
        DATABASE.rows(
                "CALL place_order(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "subject",
                CUSTOMER,
                CUSTOMER,
                "b",
                "f".repeat(64),
                Shop.TAX_RATE,
                order,
                1,
                "é".repeat(200));

        assertThat(DATABASE.rows("SELECT correlation_id FROM mail_outbox ORDER BY mail_id").stream()
                        .map(row -> row.get("correlation_id")))
                .containsExactly(null, "é".repeat(64));
    }

    @Test
    void aClaimHasAllThatSendingNeedsAndIsExclusive() {
        int orderId = shop.place(Line.of(shop.addBook("Kim", 5), 1)).id("orderId");

        Map<String, Object> mail = claim("one").get(0);

        assertThat(mail)
                .containsEntry("kind", "order_placed")
                .containsEntry("recipients", CUSTOMER)
                .containsEntry("correlationId", Shop.CORRELATION_ID)
                .containsKeys("mailId", "messageId");
        assertThat(Shop.json((String) mail.get("document")).get("orderId").asInt())
                .isEqualTo(orderId);
        assertThat(claim("two")).isEmpty();
    }

    @Test
    void mailsAreTakenInTheOrderInWhichTheyWereAskedFor() {
        int orderId = shop.place(Line.of(shop.addBook("Sequence", 5), 1)).id("orderId");
        DATABASE.execute("UPDATE mail_outbox SET next_attempt_at = next_attempt_at - INTERVAL 1 SECOND");
        shop.complete(orderId);

        List<Map<String, Object>> placed = claim("a");
        assertThat(placed.get(0)).containsEntry("kind", "order_placed");
        sent(mailId(placed), "a");
        assertThat(claim("b").get(0)).containsEntry("kind", "order_completed");
    }

    @Test
    void aMailThatWasSentIsNotSentAgain() {
        long mail = placeAndClaim("one");

        assertThat(sent(mail, "one")).isEqualTo("sent");
        assertThat(claim("two")).isEmpty();
        assertThat(sent(mail, "one")).isEqualTo("lost");
        assertThat(DATABASE.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'sent' AND sent_at IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void theMailOfANodeThatDiedIsDueAgainWhenItsLeaseIsOver() {
        long mail = placeAndClaim("dead node");
        String messageId = DATABASE.value("SELECT message_id FROM mail_outbox").toString();
        letTimePass(MINUTE);

        Map<String, Object> again = claim("other node").get(0);

        assertThat(again).containsEntry("mailId", mail).containsEntry("messageId", messageId);
        assertThat(failed(mail, "dead node", false)).isEqualTo("lost");
        assertThat(sent(mail, "other node")).isEqualTo("sent");
    }

    /** Otherwise a mail server that is slower than the lease would get the email again with every attempt. */
    @Test
    void anEmailThatTheMailServerAcceptedIsSentAlsoIfAnotherNodeReportsIt() {
        long mail = placeAndClaim("slow");
        letTimePass(MINUTE);
        claim("second");

        assertThat(sent(mail, "slow")).isEqualTo("lost");
        assertThat(theStatus()).isEqualTo("sent");
        letTimePass(60 * MINUTE);
        assertThat(claim("third")).isEmpty();
        assertThat(failed(mail, "second", false)).isEqualTo("lost");
        assertThat(sent(mail, "second")).isEqualTo("lost");
        assertThat(theStatus()).isEqualTo("sent");
    }

    @Test
    void aMailThatWasGivenUpAndArrivesAfterAllIsSent() {
        long mail = placeAndClaim("slow");
        DATABASE.execute("UPDATE mail_outbox SET attempts = " + MAX_ATTEMPTS);
        letTimePass(MINUTE);
        claim("another run");
        assertThat(theStatus()).isEqualTo("dead");

        assertThat(sent(mail, "slow")).isEqualTo("lost");
        assertThat(theStatus()).isEqualTo("sent");
    }

    @Test
    void severalAreClaimedAtOnceThoseThatAreDueLongestFirst() {
        DATABASE.execute(insertMail("a"), insertMail("b"), insertMail("c"));
        DATABASE.execute(
                "UPDATE mail_outbox SET next_attempt_at = next_attempt_at - INTERVAL 9 SECOND WHERE mail_key = 'c'");
        long b = DATABASE.count("SELECT mail_id FROM mail_outbox WHERE mail_key = 'b'");

        List<Map<String, Object>> claimed = DATABASE.rows("CALL claim_mails('one', 60, 100, 2)");

        assertThat(claimed).hasSize(2);
        assertThat(mailId(claimed)).isEqualTo(b + 1);
        assertThat(DATABASE.rows("CALL claim_mails('two', 60, 100, 2)"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(((Number) mail.get("mailId")).longValue()).isEqualTo(b));
        assertThat(DATABASE.rows("CALL claim_mails('two', 60, 100, 2)")).isEmpty();
    }

    @Test
    void anEmailWaitsForTheEarlierOnesOfItsOrder() {
        DATABASE.execute(insertMail("order-1-placed"), insertMail("order-1-completed"), insertMail("order-11-placed"));

        List<Map<String, Object>> first = DATABASE.rows("CALL claim_mails('one', 60, 100, 9)");
        assertThat(first).hasSize(2);
        assertThat(sent(mailId(first.subList(1, 2)), "one")).isEqualTo("sent");
        assertThat(failed(mailId(first), "one", false, 100)).isEqualTo("waiting");
        letTimePass(5);
        assertThat(DATABASE.rows("CALL claim_mails('two', 60, 100, 9)")).isEmpty();
        letTimePass(60);
        List<Map<String, Object>> again = DATABASE.rows("CALL claim_mails('three', 60, 100, 9)");
        assertThat(again).hasSize(1);
        assertThat(mailId(again)).isEqualTo(mailId(first));
        assertThat(sent(mailId(again), "three")).isEqualTo("sent");
        letTimePass(5);
        assertThat(DATABASE.rows("CALL claim_mails('four', 60, 100, 9)")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0,60", "1,120", "2,180", "3,240", "29,240"})
    void everyAttemptHasALongerLeaseUpToACap(int attempts, long seconds) {
        shop.place(Line.of(shop.addBook("Slow", 5), 1));
        DATABASE.execute("UPDATE mail_outbox SET attempts = " + attempts);

        assertThat(DATABASE.rows("CALL claim_mails('one', 60, 100, 1)")).hasSize(1);

        assertThat(DATABASE.count("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_attempt_at) FROM mail_outbox"))
                .isBetween(seconds - 5, seconds);
    }

    @ParameterizedTest
    @CsvSource({"1,30", "2,60", "3,120", "4,240", "5,300", "40,300"})
    void everyFailureDoublesTheWaitUpToACap(int attempt, long seconds) {
        long mail = placeAndClaim("one");
        DATABASE.execute("UPDATE mail_outbox SET attempts = " + attempt);

        assertThat(failed(mail, "one", false, 100)).isEqualTo("waiting");

        assertThat(DATABASE.count("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_attempt_at) FROM mail_outbox"))
                .isBetween(seconds - 5, seconds);
        assertThat(claim("two")).isEmpty();
        letTimePass((int) seconds);
        assertThat(DATABASE.rows("CALL claim_mails('two', 60, 100, 1)")).hasSize(1);
    }

    @Test
    void aMailThatFailsTooOftenIsDead() {
        shop.place(Line.of(shop.addBook("Unlucky", 5), 1));
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            long mail = mailId(claim("claim " + attempt));
            assertThat(failed(mail, "claim " + attempt, false)).isEqualTo(attempt < MAX_ATTEMPTS ? "waiting" : "dead");
            letTimePass(60 * MINUTE);
        }

        assertThat(claim("one more")).isEmpty();
        assertThat(DATABASE.value("SELECT last_error FROM mail_outbox")).isEqualTo("refused");
    }

    @Test
    void aMailThatCanNeverBeSentIsDeadAtOnce() {
        assertThat(failed(placeAndClaim("one"), "one", true)).isEqualTo("dead");
        letTimePass(60 * MINUTE);
        assertThat(claim("two")).isEmpty();
    }

    @Test
    void aMailThatKillsItsSendersIsGivenUpAndDoesNotHoldUpOthers() {
        shop.place(Line.of(shop.addBook("Poison", 5), 1));
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            assertThat(claim("claim " + attempt)).hasSize(1);
            letTimePass(attempt * MINUTE);
        }
        int healthy = shop.place(Line.of(shop.addBook("Healthy", 5), 1)).id("orderId");

        assertThat(claim("next").get(0).get("document").toString()).contains("\"orderId\": " + healthy);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'dead'"))
                .isEqualTo(1);
    }

    @Test
    void longErrorsAreShortened() {
        long mail = placeAndClaim("one");
        DATABASE.rows("CALL mail_failed(?, ?, ?, ?, ?, ?, ?)", mail, "one", "x".repeat(5000), 0, MAX_ATTEMPTS, 30, 300);
        assertThat(DATABASE.value("SELECT last_error FROM mail_outbox")).isEqualTo("x".repeat(500));
    }

    @Test
    void aDeadMailCanBePutBackAndKeepsItsMessageId() {
        long mail = placeAndClaim("one");
        String messageId = DATABASE.value("SELECT message_id FROM mail_outbox").toString();
        failed(mail, "one", true);

        Answer answer = requeue(mail);

        assertThat(answer.outcome()).isEqualTo("requeued");
        assertThat(answer.document().get("status").textValue()).isEqualTo("waiting");
        assertThat(answer.document().get("attempts").intValue()).isZero();
        assertThat(answer.document().get("lastError").isNull()).isTrue();
        assertThat(claim("two").get(0)).containsEntry("messageId", messageId);
    }

    @Test
    void anEmailIsRequeuedOnlyWhileItIsNotBeingSent() {
        long mail = placeAndClaim("one");
        assertThat(requeue(mail).outcome()).isEqualTo("being_sent");
        sent(mail, "one");
        assertThat(requeue(mail).outcome()).isEqualTo("requeued");
        assertThat(requeue(-1).outcome()).isEqualTo("not_found");
    }

    @Test
    void operatorsSeeEverythingButTheOrder() {
        long mail = placeAndClaim("one");
        failed(mail, "one", true);

        var document =
                Shop.json((String) DATABASE.value("SELECT document FROM mail_documents WHERE mail_id = ?", mail));

        assertThat(document.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "mailId",
                        "mailKey",
                        "kind",
                        "recipients",
                        "messageId",
                        "correlationId",
                        "status",
                        "attempts",
                        "createdAt",
                        "nextAttemptAt",
                        "sentAt",
                        "lastError");
        assertThat(document.get("createdAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(document.get("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void theQueueIsSummedUpInOneRow() {
        long dead = placeAndClaim("one");
        failed(dead, "one", true);
        long failing = placeAndClaim("two");
        failed(failing, "two", false);
        placeAndClaim("three");
        shop.place(Line.of(shop.addBook("Waits", 5), 1));
        DATABASE.execute(
                "UPDATE mail_outbox SET next_attempt_at = next_attempt_at - INTERVAL 90 SECOND WHERE attempts = 0");

        Map<String, Object> queue = DATABASE.rows("SELECT * FROM mail_queue").get(0);

        assertThat(queue)
                .containsEntry("waiting", 3L)
                .containsEntry("failing", 1L)
                .containsEntry("dead", 1L);
        assertThat(((Number) queue.get("overdue_seconds")).longValue()).isBetween(90L, 120L);
    }

    @Test
    void anEmptyQueueIsNotOverdue() {
        assertThat(DATABASE.rows("SELECT * FROM mail_queue").get(0))
                .containsEntry("waiting", 0L)
                .containsEntry("failing", 0L)
                .containsEntry("dead", 0L);
        assertThat(DATABASE.count("SELECT overdue_seconds FROM mail_queue")).isZero();
    }

    @Test
    void manyNodesShareTheMailsAndEachGoesToOne() throws Exception {
        int mails = 60;
        for (int i = 0; i < mails; i++) {
            DATABASE.execute(insertMail("test-" + i));
        }
        Set<Object> taken = ConcurrentHashMap.newKeySet();
        Set<Object> twice = ConcurrentHashMap.newKeySet();
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new java.util.ArrayList<>();
        for (int node = 0; node < 8; node++) {
            running.add(nodes.submit(() -> {
                for (List<Map<String, Object>> mail = claim(UUID.randomUUID().toString());
                        !mail.isEmpty();
                        mail = claim(UUID.randomUUID().toString())) {
                    if (!taken.add(mail.get(0).get("mailId"))) {
                        twice.add(mail.get(0).get("mailId"));
                    }
                }
            }));
        }
        for (Future<?> node : running) {
            node.get();
        }
        nodes.shutdown();

        assertThat(twice).isEmpty();
        // Passing over a locked row, a node may find nothing and stop; what is left is due for the next.
        Set<Object> all = new HashSet<>(taken);
        for (List<Map<String, Object>> mail = claim("last"); !mail.isEmpty(); mail = claim("last")) {
            assertThat(all.add(mail.get(0).get("mailId"))).isTrue();
        }
        assertThat(all).hasSize(mails);
    }

    @Test
    void mailsThatWereSentLongAgoAreDeletedAndAllOthersStay() {
        insertSent("old", 91, "NULL");
        insertSent("recent", 89, "NULL");
        insertSent("waiting", 91, "NULL");
        insertSent("dead", 91, "NULL");
        DATABASE.execute("UPDATE mail_outbox SET status = mail_key WHERE mail_key IN ('waiting', 'dead')");

        assertThat(purge(90, 10)).isEqualTo(1);
        assertThat(keys()).containsExactlyInAnyOrder("recent", "waiting", "dead");
        assertThat(purge(90, 10)).isZero();
    }

    @Test
    void aMailThatWasSentAgainIsAsOldAsItsLastSending() {
        insertSent("again", 200, "NULL");
        DATABASE.execute("UPDATE mail_outbox SET sent_at = UTC_TIMESTAMP(3)");
        assertThat(purge(90, 10)).isZero();
    }

    @Test
    void withoutALimitNothingIsDeleted() {
        insertSent("old", 4000, "NULL");
        assertThat(purge(0, 10)).isZero();
    }

    /** By them it is known which days have been missed. */
    @Test
    void theSummariesOfTheLastWeekStay() {
        for (int day = 1; day <= 10; day++) {
            insertSent("summary-" + day, 300 - day, "'2026-03-" + day + "'");
        }
        assertThat(purge(90, 100)).isEqualTo(3);
        assertThat(DATABASE.value("SELECT MIN(summary_date) FROM mail_outbox")).hasToString("2026-03-04");
        assertThat(DATABASE.count("CALL queue_summaries('2026-03-10', 5)")).isZero();
    }

    @Test
    void manyNodesDeleteInBatchesWithoutADeadlock() throws Exception {
        int mails = 400;
        for (int mail = 0; mail < mails; mail++) {
            insertSent("old-" + mail, 100 + mail % 7, "NULL");
        }
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        List<Future<Integer>> purged = new java.util.ArrayList<>();
        for (int node = 0; node < 80; node++) {
            purged.add(nodes.submit(() -> purge(90, 10)));
        }
        int total = 0;
        for (Future<Integer> node : purged) {
            assertThat(node.get()).isLessThanOrEqualTo(10);
            total += node.get();
        }
        nodes.shutdown();
        // Nodes that meet on the same batch delete it once.
        for (int more = purge(90, 10); more > 0; more = purge(90, 10)) {
            total += more;
        }

        assertThat(total).isEqualTo(mails);
        assertThat(keys()).isEmpty();
    }

    @Test
    void claimingDoesNotWaitForAnOrderThatIsBeingPlaced() throws SQLException {
        shop.place(Line.of(shop.addBook("Committed", 5), 1));
        try (Connection order = DATABASE.dataSource().getConnection()) {
            order.setAutoCommit(false);
            try (var statement = order.createStatement()) {
                statement.execute(insertMail("uncommitted"));
            }
            assertThat(claim("one")).hasSize(1);
            assertThat(claim("two")).isEmpty();
            order.commit();
        }
        assertThat(claim("three")).hasSize(1);
    }

    private static void insertSent(String key, int daysAgo, String summaryDate) {
        String time = "UTC_TIMESTAMP(3) - INTERVAL " + daysAgo + " DAY";
        DATABASE.execute(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at, sent_at, summary_date) "
                        + "VALUES ('" + key + "', 'summary', '', 'id', '{}', 'sent', " + time + ", " + time + ", "
                        + time + ", " + summaryDate + ")");
    }

    private static int purge(int keepDays, int batch) {
        return (int) DATABASE.count("CALL purge_mails(" + keepDays + ", " + batch + ")");
    }

    private static String insertMail(String key) {
        return "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, created_at, next_attempt_at) VALUES ('"
                + key + "', 'order_placed', 'x@books.com', 'id', '{}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";
    }

    private long placeAndClaim(String claim) {
        shop.place(Line.of(shop.addBook("Some book", 5), 1));
        return mailId(claim(claim));
    }

    private static long mailId(List<Map<String, Object>> mail) {
        return ((Number) mail.get(0).get("mailId")).longValue();
    }

    private static List<Map<String, Object>> claim(String claim) {
        return DATABASE.rows("CALL claim_mails(?, ?, ?, 1)", claim, MINUTE, MAX_ATTEMPTS);
    }

    private static String sent(long mail, String claim) {
        return (String) DATABASE.value("CALL mail_sent(?, ?)", mail, claim);
    }

    private static String failed(long mail, String claim, boolean permanent) {
        return failed(mail, claim, permanent, MAX_ATTEMPTS);
    }

    private static String failed(long mail, String claim, boolean permanent, int maxAttempts) {
        if (permanent) {
            return (String) DATABASE.value(
                    "CALL mail_failed(?, ?, 'no such address', 1, ?, 30, 300)", mail, claim, maxAttempts);
        }
        return (String) DATABASE.value("CALL mail_failed(?, ?, 'refused', 0, ?, 30, 300)", mail, claim, maxAttempts);
    }

    private static Answer requeue(long mail) {
        Map<String, Object> row = DATABASE.rows("CALL requeue_mail(?)", mail).get(0);
        String text = (String) row.get("document");
        return new Answer((String) row.get("outcome"), text, text == null ? null : Shop.json(text), null);
    }

    private static void letTimePass(int seconds) {
        DATABASE.execute("UPDATE mail_outbox SET next_attempt_at = next_attempt_at - INTERVAL " + seconds + " SECOND");
    }

    private static Map<String, Object> theMail(String key) {
        return DATABASE.rows("SELECT * FROM mail_outbox WHERE mail_key = ?", key)
                .get(0);
    }

    private static String theStatus() {
        return (String) DATABASE.value("SELECT status FROM mail_outbox");
    }

    private static List<String> keys() {
        return DATABASE.rows("SELECT mail_key FROM mail_outbox").stream()
                .map(row -> (String) row.get("mail_key"))
                .toList();
    }
}
