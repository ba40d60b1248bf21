package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

/** Law: whatever is added, changed, deleted and imported, sold and returned, the kept counts of books are what COUNT(*) says. */
@Tag("slow")
class BookTotalsLawTest {

    private static final String ISBN = "9780141439587";
    private static final List<String> CATEGORIES = List.of("", "Novels", "Poetry");
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Shop SHOP = new Shop(DATABASE);

    private enum Action {
        CREATE,
        /** Refused while another book on sale has the ISBN. */
        CREATE_WITH_ISBN,
        CHANGE_CATEGORY,
        DELETE,
        /** Refused: the caller saw another version. */
        DELETE_OUTDATED,
        /** Two new books and a changed one. */
        IMPORT,
        /** Undone when another book on sale has the ISBN. */
        IMPORT_WITH_ISBN,
        /** Applied a second time. */
        IMPORT_TWICE,
        SELL_OUT,
        /** The order that took the last copies is cancelled. */
        SELL_OUT_IN_VAIN,
        COUNT_NONE,
        RECEIVE,
        ADD_BY_SQL
    }

    /** @param category of the books that are added or changed */
    record Step(Action action, String category) {}

    @AfterContainer
    static void closeDatabase() {
        DATABASE.close();
    }

    @Property(tries = 15)
    void keptCountsAreWhatIsThere(@ForAll("steps") List<Step> steps) {
        List<Integer> books = new ArrayList<>();
        for (Step step : steps) {
            String category = step.category().isEmpty() ? "" : ",\"category\":\"" + step.category() + "\"";
            String details = "{" + category.replaceFirst("^,", "") + "}";
            switch (step.action()) {
                case CREATE ->
                    books.add(SHOP.createBook("Made", "", "", details, PRICE, 1).id("bookId"));
                case CREATE_WITH_ISBN ->
                    books.add(
                            SHOP.createBook("Made", "", ISBN, details, PRICE, 0).id("bookId"));
                case CHANGE_CATEGORY ->
                    last(books, book -> SHOP.updateBook(book, "*", "New", "", "", details, PRICE, ""));
                case DELETE -> last(books, book -> SHOP.deleteBook(book, "*"));
                case DELETE_OUTDATED -> last(books, book -> SHOP.deleteBook(book, "1000000"));
                case IMPORT -> importBooks(books, category);
                case IMPORT_WITH_ISBN -> {
                    String id =
                            stage("{\"line\":2,\"title\":\"A\",\"price\":1,\"isbn\":\"" + ISBN + "\"" + category + "}");
                    SHOP.createBook("Faster", "", ISBN, PRICE, 0);
                    apply(id, 1);
                }
                case IMPORT_TWICE -> {
                    String id = importBooks(books, category);
                    assertThat(apply(id, 2).outcome()).isIn("replayed", "incomplete");
                }
                case SELL_OUT -> last(books, BookTotalsLawTest::sellOut);
                case SELL_OUT_IN_VAIN -> last(books, book -> sellOut(book).ifPresent(order -> SHOP.cancel(order, "")));
                case COUNT_NONE -> last(books, book -> SHOP.changeStock(book, "counted", -SHOP.stock(book)));
                case RECEIVE -> last(books, book -> SHOP.changeStock(book, "received", 2));
                case ADD_BY_SQL ->
                    DATABASE.execute(
                            "INSERT INTO books (title, price, stock_quantity) VALUES ('By SQL', 1, 0)",
                            "CALL count_categories()");
            }
            assertCounts();
        }
    }

    @Example
    void keptCountsAreWhatIsThereAfterWorkAtTheSameTime() {
        List<String> imports = IntStream.range(0, 6)
                .mapToObj(worker -> stage("{\"line\":2,\"title\":\"Worker " + worker + "\",\"price\":1}"))
                .toList();

        CompletableFuture.allOf(IntStream.range(0, 6)
                        .mapToObj(worker -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 8; i++) {
                                int book = SHOP.addBook("Worker " + worker, 1);
                                if (i % 3 == 0) {
                                    sellOut(book);
                                }
                                if (i % 2 == 0) {
                                    SHOP.deleteBook(book, "*");
                                }
                            }
                            apply(imports.get(worker), 1);
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(DATABASE.count("SELECT COUNT(*) FROM books WHERE title LIKE 'Worker%' AND deleted_at IS NULL"))
                .isEqualTo(30);
        assertCounts();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Action.class), Arbitraries.of(CATEGORIES))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(12);
    }

    private static void assertCounts() {
        long onSale = DATABASE.count("SELECT COUNT(*) FROM books WHERE deleted_at IS NULL");
        assertThat(DATABASE.count("SELECT books_on_sale FROM book_totals")).isEqualTo(onSale);
        assertThat(DATABASE.count("SELECT value FROM metrics_business WHERE name = 'bookstore_books'"))
                .isEqualTo(onSale);
        assertThat(DATABASE.count("SELECT value FROM metrics_business WHERE name = 'bookstore_books_out_of_stock'"))
                .isEqualTo(
                        DATABASE.count("SELECT COUNT(*) FROM books WHERE deleted_at IS NULL AND stock_quantity = 0"));
        assertThat(total("")).isEqualTo(onSale);
        for (String category : CATEGORIES.subList(1, CATEGORIES.size())) {
            assertThat(total(category))
                    .as(category)
                    .isEqualTo(DATABASE.count(
                            "SELECT COUNT(*) FROM books AS b JOIN categories AS c ON c.category_id = b.category_id"
                                    + " WHERE c.name = ? AND b.deleted_at IS NULL",
                            category));
        }
        assertThat(total("None has it")).isZero();
    }

    private static long total(String category) {
        Map<String, Object> row = DATABASE.rows("CALL list_books('[]', '', ?, -1, 'title_asc', '', 0, 0)", category)
                .get(0);
        assertThat(row.get("more")).hasToString("0");
        return ((Number) row.get("total")).longValue();
    }

    /** With the newest book of {@code books} as the changed one, if there is one. */
    private static String importBooks(List<Integer> books, String category) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"line\":2,\"title\":\"A\",\"price\":1" + category + "}");
        lines.add("{\"line\":3,\"title\":\"B\",\"price\":1}");
        last(
                books,
                book -> lines.add("{\"line\":4,\"bookId\":" + book + ",\"title\":\"Imported " + UUID.randomUUID()
                        + "\",\"price\":2" + category + "}"));
        String id = stage(lines.toArray(String[]::new));
        assertThat(apply(id, lines.size()).outcome()).isIn("applied", "wrong_lines");
        return id;
    }

    /** An order of all copies, unless there are none. */
    private static Optional<Integer> sellOut(int book) {
        BigDecimal price = (BigDecimal) DATABASE.value("SELECT price FROM books WHERE book_id = ?", book);
        Answer answer = SHOP.place(new Shop.Line(book, Math.max(1, SHOP.stock(book)), price, new BigDecimal("0.00")));
        return answer.outcome().equals("placed") ? Optional.of(answer.id("orderId")) : Optional.empty();
    }

    private static String stage(String... lines) {
        String id = UUID.randomUUID().toString();
        DATABASE.rows(
                "CALL stage_import(?, ?, 'bookId,isbn,title,price,category', ?)",
                id,
                Shop.STAFF,
                "[" + String.join(",", lines) + "]");
        return id;
    }

    private static Answer apply(String id, int lines) {
        return Answer.of(DATABASE.rows("CALL apply_import(?, ?, ?)", id, Shop.STAFF, lines));
    }

    private static void last(List<Integer> books, IntConsumer action) {
        if (!books.isEmpty()) {
            action.accept(books.get(books.size() - 1));
        }
    }
}
