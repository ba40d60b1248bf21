package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many customers at once, without a single deadlock: the procedures would repeat it, so the server's own count is compared. */
@Tag("slow")
class ConcurrencyTest {

    private static final int THREADS = 50;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final long DEADLOCKS_BEFORE = deadlocks();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void noDeadlockHappened() {
        long deadlocks = deadlocks();
        DATABASE.close();
        assertThat(deadlocks).isEqualTo(DEADLOCKS_BEFORE);
    }

    private static long deadlocks() {
        return DATABASE.count("SELECT `COUNT` FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'");
    }

    @Test
    void sellsExactlyTheStockOfOneBook() {
        int book = shop.addBook("Momo", 20);

        List<Answer> answers = inParallel(thread -> () -> shop.place(Line.of(book, 1)));

        assertThat(byOutcome(answers)).isEqualTo(Map.of("placed", 20L, "out_of_stock", 30L));
        assertThat(shop.stock(book)).isZero();
    }

    @Test
    void sellsExactlyTheStockOfManyBooksInOverlappingOrders() {
        List<Integer> books = IntStream.range(0, 6)
                .mapToObj(i -> shop.addBook("Overlap " + i, 40))
                .toList();

        List<List<Answer>> answers = inParallel(thread -> () -> {
            Random random = new Random(thread);
            List<Answer> own = new ArrayList<>();
            for (int order = 0; order < 12; order++) {
                List<Integer> chosen = new ArrayList<>(books);
                Collections.shuffle(chosen, random);
                own.add(shop.place(chosen.stream()
                        .limit(1L + random.nextInt(books.size()))
                        .map(book -> Line.of(book, 1 + random.nextInt(2)))
                        .toArray(Line[]::new)));
            }
            return own;
        });

        assertThat(byOutcome(answers.stream().flatMap(List::stream).toList()).keySet())
                .isSubsetOf("placed", "out_of_stock")
                .contains("placed", "out_of_stock");
        for (int book : books) {
            assertThat(shop.stock(book)).isNotNegative();
            assertThat(shop.stock(book) + sold(book)).isEqualTo(40);
        }
        assertThat(DATABASE.count("""
                SELECT COUNT(*) FROM orders o
                WHERE o.total_amount <> (SELECT payment_amount FROM payments p WHERE p.order_id = o.order_id)
                   OR o.subtotal <> (SELECT SUM(unit_price * quantity) FROM order_items i WHERE i.order_id = o.order_id)
                   OR NOT EXISTS (SELECT 1 FROM order_history h WHERE h.order_id = o.order_id AND h.event = 'placed')""")).isZero();
    }

    @RepeatedTest(10)
    void makesOneOrderOfTheSameRequestSentInParallel() {
        int book = shop.addBook("Persuasion", 100);
        String key = "same-key-" + book;

        List<Answer> answers = inParallel(thread -> () -> shop.place(CUSTOMER, key, Line.of(book, 1)));

        assertThat(byOutcome(answers)).isEqualTo(Map.of("placed", 1L, "replayed", 49L));
        assertThat(answers)
                .extracting(Answer::document)
                .containsOnly(answers.get(0).document());
        assertThat(shop.stock(book)).isEqualTo(99);
    }

    @RepeatedTest(10)
    void makesOneOrderOfDifferentRequestsUnderOneKey() {
        List<Integer> books = IntStream.range(0, THREADS)
                .mapToObj(i -> shop.addBook("Disjoint " + i, 1))
                .toList();
        String key = "one-key-" + books.get(0);

        List<Answer> answers = inParallel(thread -> () -> shop.place(CUSTOMER, key, Line.of(books.get(thread), 1)));

        assertThat(byOutcome(answers)).isEqualTo(Map.of("placed", 1L, "key_reused", 49L));
        assertThat(books.stream().mapToInt(shop::stock).sum()).isEqualTo(THREADS - 1);
    }

    @Test
    void endsAnOrderOnlyOnce() {
        int book = shop.addBook("Faust", 100);
        for (int round = 0; round < 10; round++) {
            int orderId = shop.place(Line.of(book, 5)).id("orderId");
            int stockAfterSale = shop.stock(book);

            List<Answer> answers = inParallel(
                    thread -> () -> thread % 2 == 0 ? shop.complete(orderId) : shop.cancel(orderId, CUSTOMER));

            Map<String, Long> outcomes = byOutcome(answers);
            assertThat(outcomes.get("not_pending")).isEqualTo(49);
            String ending = outcomes.containsKey("completed") ? "completed" : "cancelled";
            assertThat(shop.orderDocument(orderId).get("status").textValue()).isEqualTo(ending);
            assertThat(shop.stock(book)).isEqualTo(ending.equals("cancelled") ? stockAfterSale + 5 : stockAfterSale);
        }
    }

    @Test
    void conservesStockWhileOrdersArePlacedCancelledAndCompleted() {
        List<Integer> books = IntStream.range(0, 4)
                .mapToObj(i -> shop.addBook("Turmoil " + i, 30))
                .toList();

        inParallel(thread -> () -> {
            Random random = new Random(thread);
            for (int order = 0; order < 8; order++) {
                List<Integer> chosen = new ArrayList<>(books);
                Collections.shuffle(chosen, random);
                Answer answer = shop.place(chosen.stream()
                        .limit(1L + random.nextInt(books.size()))
                        .map(book -> Line.of(book, 1 + random.nextInt(3)))
                        .toArray(Line[]::new));
                if (answer.outcome().equals("placed")) {
                    int orderId = answer.id("orderId");
                    Answer ended = random.nextInt(3) == 0 ? shop.complete(orderId) : shop.cancel(orderId, CUSTOMER);
                    assertThat(ended.outcome()).isIn("completed", "cancelled");
                }
            }
            return null;
        });

        for (int book : books) {
            assertThat(shop.stock(book) + sold(book)).isEqualTo(30);
        }
    }

    /** Buyers, editors of the book, and staff who receive and count copies: nothing of it is lost. */
    @Test
    void stockIsTheSumOfItsMovementsUnderEditorsAndBuyers() {
        List<Integer> books = IntStream.range(0, 3)
                .mapToObj(i -> shop.addBook("Market " + i, 40))
                .toList();

        List<int[]> received = inParallel(thread -> () -> {
            Random random = new Random(thread);
            int[] copies = new int[books.size()];
            for (int step = 0; step < 8; step++) {
                int index = random.nextInt(books.size());
                int book = books.get(index);
                if (thread % 3 == 0) {
                    int change = random.nextInt(7) - 3;
                    String key = thread + "-" + step;
                    Answer answer = shop.changeStock(book, "counted", change == 0 ? 1 : change, "", key);
                    if (answer.outcome().equals("recorded")) {
                        copies[index] += change == 0 ? 1 : change;
                        assertThat(shop.changeStock(book, "counted", change == 0 ? 1 : change, "", key)
                                        .outcome())
                                .isEqualTo("replayed");
                    }
                } else if (thread % 3 == 1) {
                    String seen = Integer.toString(shop.version(book));
                    shop.updateBook(book, seen, "Market, edition " + thread, "", "", PRICE);
                } else {
                    Answer order = shop.place(Line.of(book, 1 + random.nextInt(3)));
                    if (order.outcome().equals("placed") && random.nextBoolean()) {
                        shop.cancel(order.id("orderId"), CUSTOMER);
                    }
                }
            }
            return copies;
        });

        for (int i = 0; i < books.size(); i++) {
            int index = i;
            int book = books.get(i);
            int counted = received.stream().mapToInt(copies -> copies[index]).sum();
            assertThat(shop.stock(book))
                    .isEqualTo(shop.movements(book))
                    .isEqualTo(40 + counted - (int) sold(book))
                    .isNotNegative();
            assertThat(shop.stock(book)).isEqualTo((int) DATABASE.count(
                    "SELECT stock_after FROM stock_movements WHERE book_id = ? ORDER BY movement_id DESC LIMIT 1",
                    book));
        }
    }

    @Test
    void losesNoUpdateOfABook() {
        int book = shop.addBook("Emma", 50);

        List<Answer> answers =
                inParallel(thread -> () -> shop.updateBook(book, "1", "Emma, edition " + thread, "", "", PRICE));

        assertThat(byOutcome(answers)).isEqualTo(Map.of("updated", 1L, "version_conflict", 49L));
        assertThat(shop.version(book)).isEqualTo(2);
    }

    /** Editors who change one field each, of the version that they read, until they are no longer refused; others buy meanwhile. */
    @Test
    void losesNoFieldUnderEditorsAndBuyers() {
        List<String> fields = List.of("title", "author", "publisher", "description", "category");
        int book = shop.addBook("Contested", 1000);

        List<Map<String, Integer>> versions = inParallel(thread -> () -> {
            Map<String, Integer> written = new HashMap<>();
            for (int step = 0; step < 3; step++) {
                if (thread % 2 == 0) {
                    shop.place(Line.of(book, 1));
                } else {
                    String field = fields.get(thread / 2 % fields.size());
                    String value = field + " " + thread + "-" + step;
                    written.put(field + "=" + value, change(book, field, value));
                }
            }
            return written;
        });

        Map<String, Integer> all = new HashMap<>();
        versions.forEach(all::putAll);
        JsonNode now = document(book);
        for (String field : fields) {
            String last = all.entrySet().stream()
                    .filter(written -> written.getKey().startsWith(field + "="))
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            assertThat(field + "=" + now.get(field).textValue()).isEqualTo(last);
        }
        assertThat(all.values()).doesNotHaveDuplicates().hasSize(THREADS / 2 * 3);
        assertThat(shop.version(book)).isEqualTo(1 + THREADS * 3);
        assertThat(shop.stock(book)).isEqualTo(shop.movements(book)).isEqualTo(1000 - THREADS / 2 * 3);
    }

    /** The version that has the change. */
    private int change(int book, String field, String value) {
        while (true) {
            Map<String, Object> row = DATABASE.rows(
                            "SELECT document, version FROM book_documents WHERE book_id = ?", book)
                    .get(0);
            ObjectNode edited = (ObjectNode) Shop.json((String) row.get("document"));
            for (Iterator<JsonNode> values = edited.elements(); values.hasNext(); ) {
                if (values.next().isNull()) {
                    values.remove();
                }
            }
            edited.put(field, value);
            Answer answer = shop.updateBook(
                    book,
                    row.get("version").toString(),
                    edited.get("title").textValue(),
                    edited.path("author").asText(""),
                    "",
                    edited.toString(),
                    PRICE,
                    "");
            if (answer.outcome().equals("updated")) {
                return answer.version();
            }
            assertThat(answer.outcome()).isEqualTo("version_conflict");
        }
    }

    private static JsonNode document(int book) {
        return Shop.json((String) DATABASE.value("SELECT document FROM book_documents WHERE book_id = ?", book));
    }

    /** Files of the same books, in other orders, in parts that come at once, while the books are sold and edited. */
    @Test
    void comparesAndAppliesFilesWhileTheirBooksAreSold() {
        List<Integer> books = IntStream.range(0, 12)
                .mapToObj(i -> shop.addBook("Listed " + i, 1000))
                .toList();

        List<List<Answer>> answers = inParallel(thread -> () -> {
            Random random = new Random(thread);
            List<Integer> chosen = new ArrayList<>(books);
            Collections.shuffle(chosen, random);
            // Two threads send the parts of one file.
            String id = "file-" + thread / 2;
            List<Answer> own = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                own.add(stage(
                        id, 2 + thread % 2 * books.size(), thread % 2 == 0 ? chosen : List.of(), "Listed " + step));
                if (thread % 5 == 0) {
                    own.add(Answer.of(DATABASE.rows("CALL apply_import(?, ?, ?)", id, Shop.STAFF, books.size() + 1)));
                }
                own.add(shop.place(chosen.stream().map(book -> Line.of(book, 1)).toArray(Line[]::new)));
                shop.updateBook(chosen.get(0), "*", "Edited " + thread, "", "", PRICE);
            }
            return own;
        });

        assertThat(byOutcome(answers.stream().flatMap(List::stream).toList()).keySet())
                .isSubsetOf(
                        "staged",
                        "already_applied",
                        "applied",
                        "replayed",
                        "incomplete",
                        "wrong_lines",
                        "outdated",
                        "placed")
                .contains("staged", "placed");
        for (int book : books) {
            assertThat(shop.stock(book)).isEqualTo(shop.movements(book)).isEqualTo(1000 - (int) sold(book));
        }
    }

    /** One part: a line for each of these books, or one new book if there are none. */
    private static Answer stage(String id, int firstLine, List<Integer> books, String title) {
        List<String> rows = new ArrayList<>();
        for (int book : books) {
            rows.add("{\"line\":" + (firstLine + rows.size()) + ",\"bookId\":" + book + ",\"title\":\"" + title
                    + "\",\"price\":9.90}");
        }
        if (books.isEmpty()) {
            rows.add("{\"line\":" + firstLine + ",\"title\":\"" + title + "\",\"price\":1}");
        }
        return Answer.of(DATABASE.rows(
                "CALL stage_import(?, ?, 'bookId,title,price', ?)",
                id,
                Shop.STAFF,
                "[" + String.join(",", rows) + "]"));
    }

    private static long sold(int book) {
        return DATABASE.count("""
                SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i JOIN orders o ON o.order_id = i.order_id
                WHERE i.book_id = ? AND o.payment_status <> 'cancelled'""", book);
    }

    private static Map<String, Long> byOutcome(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::outcome, Collectors.counting()));
    }

    /** Runs one task per thread, all released at the same moment, and passes on what they answer or throw. */
    private static <T> List<T> inParallel(Function<Integer, Callable<T>> taskOfThread) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch ready = new CountDownLatch(THREADS);
            List<Future<T>> futures = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Callable<T> task = taskOfThread.apply(thread);
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
