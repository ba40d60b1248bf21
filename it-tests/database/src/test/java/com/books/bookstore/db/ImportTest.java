package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files of books: compared when they come, applied as a whole or not at all. */
@Tag("slow")
class ImportTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final String ALL =
            "bookId,isbn,title,author,price,stockQuantity,publisher,publicationYear,language,category,format,coverImageUrl,description";
    private final Shop shop = new Shop(DATABASE);
    private final String id = UUID.randomUUID().toString();

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void addsAndChangesBooksWithEverythingThatBelongsToThem() {
        int book = shop.createBook("Emma", "Jane", "", "{\"category\":\"Old\"}", PRICE, 5)
                .id("bookId");

        stage(
                ALL + ",counted",
                "{\"line\":2,\"bookId\":" + book
                        + ",\"title\":\"Emma Woodhouse\",\"price\":12.50,\"stock\":5,\"counted\":7,"
                        + "\"category\":\"Novels\"}",
                "{\"line\":3,\"title\":\"Persuasion\",\"price\":8.00,\"stock\":3,\"category\":\"Novels\",\"language\":\"en\"}");
        assertThat(results()).containsExactly("changed", "new");
        assertThat(preview(2).get("changes").findValuesAsText("field"))
                .containsExactlyInAnyOrder("title", "author", "price", "counted", "category");

        Answer applied = apply(2);

        assertThat(applied.outcome()).isEqualTo("applied");
        assertThat(applied.document())
                .isEqualTo(Shop.json("{\"importId\":\"" + id + "\",\"new\":1,\"changed\":1,\"unchanged\":0}"));
        assertThat(DATABASE.rows("SELECT title, price, stock_quantity, version FROM books WHERE book_id = ?", book)
                        .get(0)
                        .values())
                .hasToString("[Emma Woodhouse, 12.50, 7, 2]");
        int added = (int) DATABASE.count("SELECT MAX(book_id) FROM books WHERE title = 'Persuasion'");
        assertThat(shop.version(added)).isEqualTo(1);
        for (int each : new int[] {book, added}) {
            assertThat(shop.movements(each)).isEqualTo(shop.stock(each));
        }
        assertThat(DATABASE.count("SELECT books FROM categories WHERE name = 'Novels'"))
                .isEqualTo(2);
        assertThat(DATABASE.count("SELECT books FROM categories WHERE name = 'Old'"))
                .isZero();
        assertThat(found("woodhouse")).containsExactly("Emma Woodhouse");
        assertThat(found("persuasion")).containsExactly("Persuasion");
        assertThat(DATABASE.count(
                        "SELECT COUNT(*) FROM audit_events WHERE kind = 'price_changed' AND subject = ?", book))
                .isEqualTo(1);
        assertThat(apply(2).outcome()).isEqualTo("replayed");
        assertThat(shop.stock(book)).isEqualTo(7);
        assertThat(stage("title,price", "{\"line\":2,\"title\":\"x\",\"price\":1}")
                        .outcome())
                .isEqualTo("already_applied");
    }

    @Test
    void fieldsWithoutAColumnStayAsTheyAre() {
        int book = shop.createBook("Kim", "Kipling", "", "{\"category\":\"Asia\",\"format\":\"ebook\"}", PRICE, 1)
                .id("bookId");

        stage("bookId,title,price", line(2, book, "Kim", "9.90"));
        assertThat(results()).containsExactly("unchanged");
        stage("bookId,title,price", line(2, book, "Kim!", "9.90"));
        assertThat(apply(1).outcome()).isEqualTo("applied");

        JsonNode now =
                Shop.json((String) DATABASE.value("SELECT document FROM book_documents WHERE book_id = ?", book));
        assertThat(now.get("title").textValue()).isEqualTo("Kim!");
        assertThat(now.get("author").textValue()).isEqualTo("Kipling");
        assertThat(now.get("category").textValue()).isEqualTo("Asia");
        assertThat(now.get("format").textValue()).isEqualTo("ebook");
    }

    @Test
    void aLineWithoutANumberIsOfTheBookWithItsIsbn() {
        int book = shop.createBook("Dune", "", "9780441172719", PRICE, 1).id("bookId");

        stage("isbn,title,price", "{\"line\":2,\"isbn\":\"9780441172719\",\"title\":\"Dune\",\"price\":11}");

        assertThat(preview(2).get("bookId").intValue()).isEqualTo(book);
        assertThat(results()).containsExactly("changed");
    }

    @Test
    void linesThatContradictOthersAreWrong() {
        int first = shop.createBook("First", "", "9780061120084", PRICE, 1).id("bookId");
        int second = shop.addBook("Second", 1);
        int third = shop.addBook("Third", 1);

        stage(
                ALL + ",counted",
                line(2, first, "9780061120084"),
                line(3, first, "First again", "1"),
                "{\"line\":4,\"bookId\":" + second + ",\"title\":\"S\",\"price\":1,\"isbn\":\"9780061120084\"}",
                line(5, 2_000_000_000, "None", "1"),
                "{\"line\":6,\"title\":\"New\",\"price\":1,\"counted\":3}",
                "{\"line\":7,\"bookId\":" + third + ",\"title\":\"S\",\"price\":1,\"stock\":4,\"counted\":3}",
                "{\"line\":8,\"errors\":[{\"field\":\"price\",\"message\":\"must be a number\"}]}");

        assertThat(results()).containsExactly("changed", "wrong", "wrong", "wrong", "wrong", "wrong", "wrong");
        assertThat(DATABASE
                        .rows(
                                "SELECT document FROM book_import_documents WHERE import_id = ? AND line > 2 ORDER BY line",
                                id)
                        .stream()
                        .map(row -> Shop.json((String) row.get("document"))
                                .at("/errors/0/field")
                                .textValue()))
                .containsExactly("bookId", "isbn", "bookId", "counted", "counted", "price");
        assertThat(apply(7).outcome()).isEqualTo("wrong_lines");
        assertThat(shop.version(first)).isEqualTo(1);
    }

    @Test
    void salesBetweenExportAndImportStaySold() {
        int book = shop.addBook("Sold meanwhile", 5);
        stage(
                "bookId,title,price,stockQuantity",
                "{\"line\":2,\"bookId\":" + book + ",\"title\":\"Sold\",\"price\":9.90,\"stock\":5}");
        shop.place(Line.of(book, 2));

        assertThat(apply(1).outcome()).isEqualTo("applied");
        assertThat(shop.stock(book)).isEqualTo(3);
    }

    @Test
    void whatChangedAfterThePreviewIsNotOverwritten() {
        int edited = shop.addBook("Edited", 5);
        int counted = shop.addBook("Counted", 5);
        stage(
                "bookId,title,price",
                line(2, edited, "Edited by file", "9.90"),
                line(3, counted, "Counted by file", "9.90"));
        shop.updateBook(edited, "*", "Edited by hand", "", "", PRICE);

        assertThat(apply(2).outcome()).isEqualTo("outdated");
        assertThat(DATABASE.value("SELECT title FROM books WHERE book_id = ?", counted))
                .isEqualTo("Counted");

        stage(
                "bookId,title,price,stockQuantity,counted",
                line(2, edited, "Edited by file", "9.90"),
                "{\"line\":3,\"bookId\":" + counted
                        + ",\"title\":\"Counted\",\"price\":9.90,\"stock\":5,\"counted\":4}");
        shop.place(Line.of(counted, 1));

        assertThat(apply(2).outcome()).isEqualTo("outdated");
        assertThat(shop.stock(counted)).isEqualTo(4);
    }

    @Test
    void anIsbnThatIsTakenMeanwhileUndoesTheWholeImport() {
        int book = shop.addBook("Before", 1);
        stage(
                "bookId,isbn,title,price",
                line(2, book, "After", "9.90"),
                "{\"line\":3,\"isbn\":\"9780743273565\",\"title\":\"New\",\"price\":1}");
        shop.createBook("Faster", "", "9780743273565", PRICE, 1);

        assertThat(apply(2).outcome()).isEqualTo("outdated");
        assertThat(DATABASE.value("SELECT title FROM books WHERE book_id = ?", book))
                .isEqualTo("Before");
    }

    @Test
    void booksSwapAndPassOnTheirIsbns() {
        List<Integer> swapped = booksWith("9780141439518", "9780141439587");
        List<Integer> passed = booksWith("9780141439662", "9780141439471", "9780141439808");

        stage(
                "bookId,isbn,title,price",
                line(2, swapped.get(0), "9780141439587"),
                line(3, swapped.get(1), "9780141439518"),
                line(4, passed.get(0), "9780141439471"),
                line(5, passed.get(1), "9780141439808"),
                line(6, passed.get(2), ""));

        assertThat(results()).containsOnly("changed");
        assertThat(preview(2).get("changes").findValuesAsText("after")).containsExactly("9780141439587");
        assertThat(apply(5).outcome()).isEqualTo("applied");
        assertThat(isbns(swapped)).containsExactly("9780141439587", "9780141439518");
        assertThat(isbns(passed)).containsExactly("9780141439471", "9780141439808", null);
        assertThat(swapped).allSatisfy(book -> assertThat(shop.version(book)).isEqualTo(2));
    }

    @Test
    void aLaterPartMayGiveAwayTheIsbnOfAnEarlierOne() {
        List<Integer> books = booksWith("9780199536269", "9780199536702");
        String header = "bookId,isbn,title,price";

        stage(header, line(2, books.get(0), "9780199536702"));
        assertThat(results()).containsExactly("wrong");
        assertThat(preview(2).at("/errors/0/message").textValue()).isEqualTo("is the ISBN of book " + books.get(1));
        assertThat(apply(1).outcome()).isEqualTo("wrong_lines");

        stage(header, line(3, books.get(1), "9780199536269"));
        assertThat(results()).containsExactly("changed", "changed");
        assertThat(preview(2).get("errors")).isEmpty();

        // The book keeps its ISBN after all.
        stage(header, line(3, books.get(1), "9780199536702"));
        assertThat(results()).containsExactly("wrong", "wrong");
        assertThat(preview(3).at("/errors/0/message").textValue()).isEqualTo("is the ISBN of line 2, too");

        stage(header, line(3, books.get(1), "9780199536269"));
        assertThat(apply(2).outcome()).isEqualTo("applied");
        assertThat(isbns(books)).containsExactly("9780199536702", "9780199536269");
    }

    @Test
    void twoLinesCannotTakeTheIsbnThatAThirdGivesAway() {
        List<Integer> books = booksWith("9780140449136", "9780140449266", "9780140449334");
        String header = "bookId,isbn,title,price";

        stage(header, line(2, books.get(0), "9780140449334"));
        stage(header, line(3, books.get(1), "9780140449334"));
        stage(header, line(4, books.get(2), "9780140449136"));

        assertThat(results()).containsExactly("changed", "wrong", "changed");
        assertThat(preview(3).at("/errors/0/message").textValue()).isEqualTo("is the ISBN of line 2, too");
    }

    @Test
    void aSwapIsUndoneWithTheRestOfItsImport() {
        List<Integer> books = booksWith("9780553213119", "9780553213690");
        stage(
                "bookId,isbn,title,price",
                line(2, books.get(0), "9780553213690"),
                line(3, books.get(1), "9780553213119"),
                "{\"line\":4,\"isbn\":\"9780553213973\",\"title\":\"New\",\"price\":1}");
        shop.createBook("Faster", "", "9780553213973", PRICE, 1);

        assertThat(apply(3).outcome()).isEqualTo("outdated");
        assertThat(isbns(books)).containsExactly("9780553213119", "9780553213690");
    }

    @Test
    void isTheSendersAndComplete() {
        stage("title,price", "{\"line\":2,\"title\":\"x\",\"price\":1}");

        assertThat(apply(2).outcome()).isEqualTo("incomplete");
        assertThat(apply(2).document()).isEqualTo(Shop.json("{\"lines\":1}"));
        assertThat(Answer.of(DATABASE.rows("CALL apply_import(?, 'other@books.com', 1)", id))
                        .outcome())
                .isEqualTo("not_found");
        assertThat(Answer.of(DATABASE.rows("CALL stage_import(?, 'other@books.com', 'title,price', '[]')", id))
                        .outcome())
                .isEqualTo("not_found");
        DATABASE.execute("UPDATE book_imports SET created_at = '2020-01-01' WHERE import_id = '" + id + "'");
        DATABASE.rows(
                "CALL stage_import(?, 'other@books.com', 'title,price', '[{\"line\":2,\"title\":\"y\",\"price\":1}]')",
                id + "2");
        assertThat(DATABASE.count("SELECT COUNT(*) FROM book_import_lines WHERE import_id = ?", id))
                .isZero();
    }

    @Test
    void manyLinesWithOtherTitlesAreFoundByThem() {
        List<Integer> books = IntStream.range(0, 30)
                .mapToObj(i -> shop.addBook("Many " + i, 0))
                .toList();
        stage(
                "bookId,title,price",
                books.stream()
                        .filter(book -> book % 2 == 0)
                        .map(book -> line(book, book, "Renamed " + book, "9.90"))
                        .toArray(String[]::new));

        assertThat(apply((int) books.stream().filter(book -> book % 2 == 0).count())
                        .outcome())
                .isEqualTo("applied");
        assertThat(found("renamed")).hasSize(15);
        assertThat(found("many")).hasSize(15);
        assertThat(DATABASE.value("SELECT MAX(price) FROM books WHERE title LIKE 'Renamed%'"))
                .isEqualTo(new BigDecimal("9.90"));
    }

    private static String line(int number, int book, String title, String price) {
        return "{\"line\":" + number + ",\"bookId\":" + book + ",\"title\":\"" + title + "\",\"price\":" + price + "}";
    }

    private static String line(int number, int book, String isbn) {
        return "{\"line\":" + number + ",\"bookId\":" + book + ",\"title\":\"T\",\"price\":9.90"
                + (isbn.isEmpty() ? "" : ",\"isbn\":\"" + isbn + "\"") + "}";
    }

    private List<Integer> booksWith(String... isbns) {
        return Arrays.stream(isbns)
                .map(isbn -> shop.createBook("T", "", isbn, PRICE, 1).id("bookId"))
                .toList();
    }

    private static List<Object> isbns(List<Integer> books) {
        return books.stream()
                .map(book -> DATABASE.value("SELECT isbn FROM books WHERE book_id = ?", book))
                .toList();
    }

    private Answer stage(String columns, String... rows) {
        return Answer.of(DATABASE.rows(
                "CALL stage_import(?, ?, ?, ?)", id, Shop.STAFF, columns, "[" + String.join(",", rows) + "]"));
    }

    private Answer apply(int lines) {
        return Answer.of(DATABASE.rows("CALL apply_import(?, ?, ?)", id, Shop.STAFF, lines));
    }

    private List<String> results() {
        return DATABASE.rows("SELECT result FROM book_import_lines WHERE import_id = ? ORDER BY line", id).stream()
                .map(row -> (String) row.get("result"))
                .collect(Collectors.toList());
    }

    private JsonNode preview(int line) {
        return Shop.json((String) DATABASE.value(
                "SELECT document FROM book_import_documents WHERE import_id = ? AND line = ?", id, line));
    }

    private static List<String> found(String word) {
        return Shop.page(DATABASE.rows("CALL list_books(?, '', '', -1, 'title_asc', '', 100, 0)", "[\"" + word + "\"]"))
                .stream()
                .map(row -> Shop.json((String) row.get("document")).get("title").textValue())
                .toList();
    }
}
