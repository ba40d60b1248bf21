package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words find books in any order, whole words before parts; pages go on where the page before ended. */
@Tag("slow")
class BookSearchTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Shop SHOP = new Shop(DATABASE);

    @BeforeAll
    static void addBooks() {
        add("Emma", "Jane Austen", "9780141439587", "8.00", 0);
        add("Kim", "Rudyard Kipling", "", "12.00", 5);
        add("1984", "George Orwell", "9780451524935", "9.90", 40);
        add("Thinking, Fast and Slow", "Daniel Kahneman", "", "20.00", 7);
        add("It", "Stephen King", "", "21.00", 8);
        add("The Hobbit", "J. R. R. Tolkien", "", "14.00", 9);
        add("The Handmaid’s Tale", "Margaret Atwood", "", "13.00", 10);
        add("War & Peace", "Leo Tolstoy", "", "24.00", 11);
        add("V.", "Thomas Pynchon", "", "15.00", 12);
        add("Wuthering Heights", "Emily Bront\u00EB", "", "7.00", 13);
        add("Jane Eyre", "Charlotte Bronte\u0308", "", "7.50", 14);
        add("Solaris", "Stanis\u0142aw Lem", "", "11.00", 15);
        add("Twenty\u2013One Stories", "Graham Greene", "", "10.00", 16);
        SHOP.deleteBook(add("Gone Hobbit", "Nobody", "", "1.00", 1), "*");
    }

    private static int add(String title, String author, String isbn, String price, int stock) {
        return SHOP.createBook(title, author, isbn, new BigDecimal(price), stock)
                .id("bookId");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "king | It/Thinking, Fast and Slow",
                "orwell 1984 | 1984",
                "1984 orwell | 1984",
                "hobbit the | The Hobbit",
                "hob | The Hobbit",
                "obbi | The Hobbit",
                "ob | ''",
                "it | It/Thinking, Fast and Slow",
                "v | V.",
                "handmaids | The Handmaid’s Tale",
                "handmaid tale | The Handmaid’s Tale",
                "war peace | War & Peace",
                "bronte | Jane Eyre/Wuthering Heights",
                "brontë | Jane Eyre/Wuthering Heights",
                "stanislaw | Solaris",
                "twenty one | Twenty–One Stories",
                "gone | ''",
                "% | ''",
                "hobbit orwell | ''",
                "tolkien the hobbit | The Hobbit",
                "hobbit the king | ''",
                "and slow fast daniel kahn | Thinking, Fast and Slow"
            })
    void wordsFindBooks(String words, String titles) {
        if (words.equals("it")) {
            // A beginning of two characters is looked for, a part of a word is not.
            assertThat(titles(words, "", -1, "relevance_asc")).startsWith("It");
            return;
        }
        List<String> expected = titles.isEmpty() ? List.of() : List.of(titles.split("/"));
        assertThat(titles(words, "", -1, "relevance_asc")).containsExactlyElementsOf(expected);
        assertThat(count(words, "", -1)).containsEntry("total", (long) expected.size());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 9780141439587, -1, title_asc, Emma",
        "'', 97801, -1, title_asc, Emma",
        "9780141439587, 9780141439587, -1, relevance_asc, Emma",
        "1984, 1984, -1, title_asc, 1984",
        "'', '', 5, stock_asc, 'Emma,Kim'",
        "'', '', 0, title_asc, Emma",
        "kip, '', 0, title_asc, ''",
        "bront, '', -1, price_desc, 'Jane Eyre,Wuthering Heights'"
    })
    void isbnAndStockNarrowTheList(String words, String isbn, int maxStock, String sort, String titles) {
        assertThat(titles(words, isbn, maxStock, sort))
                .containsExactlyElementsOf(titles.isEmpty() ? List.of() : List.of(titles.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title_asc",
                "title_desc",
                "price_asc",
                "price_desc",
                "stock_asc",
                "stock_desc",
                "relevance_asc",
                "nonsense"
            })
    void pagesGoOnWhereTheLastOneEnded(String sort) {
        for (String words : List.of("", "t")) {
            List<String> all = titles(words, "", -1, sort);
            List<String> paged = new ArrayList<>();
            String place = "";
            int pages = 0;
            for (List<Map<String, Object>> page = page(words, "", -1, sort, place, 3);
                    !page.isEmpty();
                    page = page(words, "", -1, sort, place, 3)) {
                // The fourth row says that there is a next page.
                List<Map<String, Object>> shown = page.subList(0, Math.min(3, page.size()));
                paged.addAll(titles(shown));
                place = shown.get(shown.size() - 1).get("place").toString();
                // What is added before the place does not move the pages.
                if (pages++ == 1) {
                    SHOP.deleteBook(add("0 Early t", "T", "", "0.01", 0), "*");
                }
            }
            assertThat(paged).as(sort + " of '" + words + "'").isEqualTo(all).hasSizeGreaterThan(3);
        }
    }

    @Test
    void aChangedBookIsFoundByItsNewWordsOnly() {
        int book = add("Oldword", "Somebody", "", "1.00", 99);
        DATABASE.rows("CALL update_book(?, '*', 'Newword', '', '', '{}', 1, '', 'staff@books.com')", book);

        assertThat(titles("oldword", "", -1, "relevance_asc")).isEmpty();
        assertThat(titles("newword", "", -1, "relevance_asc")).containsExactly("Newword");
        SHOP.deleteBook(book, "*");
        assertThat(titles("newword", "", -1, "relevance_asc")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tolkein, tolkien",
        "hobit, hobbit",
        "hobbbit, hobbit",
        "wutering, wuthering",
        "hieghts, heights",
        "kahnemann, kahneman",
        "kipleng, kipling",
        "rudyrad, rudyard",
        "orwill, orwell",
        "gorge, george",
        "tolstoi, tolstoy",
        "pynchen, pynchon",
        "stepen, stephen",
        "margret, margaret",
        "atwod, atwood",
        "charlote, charlotte",
        "soalris, solaris",
        "stanislav, stanislaw",
        "twnety, twenty",
        "stroies, stories",
        "grahm, graham",
        "austin, austen"
    })
    void nothingFoundSuggestsWordsThatExist(String slip, String word) {
        assertThat((String) count(slip, "", -1).get("suggestions")).contains("\"" + word + "\"");
    }

    @Test
    void nothingIsSuggestedForWhatIsLikeNoWord() {
        assertThat((String) count("qqqqzzzz", "", -1).get("suggestions")).isNull();
    }

    /** MariaDB's JSON_UNQUOTE made question marks of such characters: nothing was found, and a page was followed by itself. */
    @Test
    void charactersBeyondTheBasicPlaneAreFoundAndPassed() {
        List<Integer> books = List.of(
                add("\uD842\uDFB7 one", "Smile", "", "1.00", 0),
                add("\uD842\uDFB7 one", "Smile", "", "1.00", 0),
                add("\"Zest\" \\ one", "Smile", "", "1.00", 0));

        assertThat(titles("\uD842\uDFB7", "", -1, "title_asc")).hasSize(2);
        for (String sort : List.of("title_asc", "title_desc", "relevance_asc")) {
            List<String> paged = new ArrayList<>();
            String place = "";
            for (int i = 0; i < 4; i++) {
                List<Map<String, Object>> page = page("smile", "", -1, sort, place, 1);
                if (!page.isEmpty()) {
                    paged.addAll(titles(page.subList(0, 1)));
                    place = page.get(0).get("place").toString();
                }
            }
            assertThat(paged).as(sort).isEqualTo(titles("smile", "", -1, sort)).hasSize(3);
        }
        books.forEach(book -> SHOP.deleteBook(book, "*"));
    }

    @Test
    void booksThatWereAddedBySqlAreFoundOnceTheyAreIndexed() {
        DATABASE.execute("INSERT INTO books (title, price, stock_quantity) VALUES ('Loaded by statement', 1, 0)");
        DATABASE.execute("CALL index_missing_books()");

        assertThat(titles("statement", "", -1, "relevance_asc")).containsExactly("Loaded by statement");
        DATABASE.execute("UPDATE books SET deleted_at = CURRENT_TIMESTAMP WHERE title = 'Loaded by statement'");
    }

    private static List<String> titles(String words, String isbn, int maxStock, String sort) {
        return titles(page(words, isbn, maxStock, sort, "", 100));
    }

    private static List<String> titles(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> Shop.json((String) row.get("document")).get("title").textValue())
                .toList();
    }

    private static List<Map<String, Object>> page(
            String words, String isbn, int maxStock, String sort, String place, int limit) {
        return Shop.page(DATABASE.rows(
                "CALL list_books(?, ?, '', ?, ?, ?, ?, 0)", json(words), isbn, maxStock, sort, place, limit));
    }

    private static Map<String, Object> count(String words, String isbn, int maxStock) {
        return DATABASE.rows("CALL list_books(?, ?, '', ?, 'title_asc', '', 0, 0)", json(words), isbn, maxStock)
                .get(0);
    }

    private static String json(String words) {
        return words.isEmpty() ? "[]" : "[\"" + String.join("\",\"", Arrays.asList(words.split(" "))) + "\"]";
    }
}
