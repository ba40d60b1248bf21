package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a book has besides title, author and ISBN, and the categories that come from it. */
@Tag("slow")
class BookDetailsTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void areKeptAsTheyAreAndReplacedAsAWhole() {
        String details =
                "{\"description\":\"Two \\\"sisters\\\"\\nin Devon \uD83D\uDCDA\",\"publisher\":\"Straße & Söhne\","
                        + "\"publicationYear\":1811,\"language\":\"en-GB\",\"category\":\"Klassiker\","
                        + "\"coverImageUrl\":\"https://covers.example/a.jpg?x=1&y=2\",\"format\":\"hardcover\"}";

        Shop.Answer created = shop.createBook("Sense", "", "", details, PRICE, 1);

        assertThat(created.document().get("description").textValue())
                .isEqualTo("Two \"sisters\"\nin Devon \uD83D\uDCDA");
        assertThat(created.document().get("publisher").textValue()).isEqualTo("Straße & Söhne");
        assertThat(created.document().get("publicationYear").intValue()).isEqualTo(1811);
        assertThat(created.document().get("language").textValue()).isEqualTo("en-GB");
        assertThat(created.document().get("category").textValue()).isEqualTo("Klassiker");
        assertThat(created.document().get("coverImageUrl").textValue())
                .isEqualTo("https://covers.example/a.jpg?x=1&y=2");
        assertThat(created.document().get("format").textValue()).isEqualTo("hardcover");

        Shop.Answer updated =
                shop.updateBook(created.id("bookId"), "1", "Sense", "", "", "{\"format\":\"ebook\"}", PRICE, "");

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.document().get("format").textValue()).isEqualTo("ebook");
        assertThat(List.of("description", "publisher", "publicationYear", "language", "category", "coverImageUrl"))
                .allSatisfy(field -> assertThat(updated.document().get(field).isNull())
                        .as(field)
                        .isTrue());
    }

    @Test
    void aDescriptionHasFourThousandCharacters() {
        String text = "\u00E9".repeat(4000);

        assertThat(shop.createBook("Long", "", "", "{\"description\":\"" + text + "\"}", PRICE, 1)
                        .document()
                        .get("description")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void aCategoryIsCountedWhileBooksOnSaleHaveIt() {
        int first = inCategory("Poems A", "Poetry");
        int second = inCategory("Poems B", "poetry");

        assertThat(categories()).containsEntry("Poetry", 2).doesNotContainKey("poetry");

        shop.updateBook(first, "*", "Poems A", "", "", category("Drama"), PRICE, "");
        assertThat(categories()).containsEntry("Poetry", 1).containsEntry("Drama", 1);

        shop.deleteBook(second, "*");
        shop.updateBook(first, "*", "Poems A", "", "", "{}", PRICE, "");
        assertThat(categories()).containsEntry("Poetry", 0).containsEntry("Drama", 0);
    }

    @Test
    void theOnlyBookOfACategoryCorrectsItsSpelling() {
        int book = inCategory("Maps", "travel");

        shop.updateBook(book, "*", "Maps", "", "", category("Travel"), PRICE, "");

        assertThat(categories()).containsEntry("Travel", 1).doesNotContainKey("travel");
    }

    @Test
    void aCategoryKeepsCharactersBeyondTheBasicPlane() {
        inCategory("Festivals", "Parties \uD83C\uDF89");

        assertThat(categories()).containsEntry("Parties \uD83C\uDF89", 1);
    }

    @Test
    void booksOfACategoryAreFoundAloneAndWithWords() {
        inCategory("Soups of Lisbon", "Cooking");
        inCategory("Breads of Lisbon", "Cooking");
        inCategory("Trams of Lisbon", "Railways");
        int moved = inCategory("Ferries of Lisbon", "Railways");
        shop.updateBook(moved, "*", "Ferries of Lisbon", "", "", category("Ships"), PRICE, "");

        assertThat(find("[]", "cooking", "title_asc")).containsExactly("Breads of Lisbon", "Soups of Lisbon");
        assertThat(find("[]", "Cooking", "title_desc")).containsExactly("Soups of Lisbon", "Breads of Lisbon");
        assertThat(find("[]", "Cooking", "price_asc")).hasSize(2);
        assertThat(find("[]", "Cooking", "stock_asc")).hasSize(2);
        assertThat(find("[\"lisbon\"]", "Railways", "relevance_asc")).containsExactly("Trams of Lisbon");
        assertThat(find("[\"isb\",\"trams\"]", "Railways", "relevance_asc")).containsExactly("Trams of Lisbon");
        assertThat(find("[\"trams\"]", "Cooking", "relevance_asc")).isEmpty();
        assertThat(find("[\"lisbon\"]", "Ships", "title_asc")).containsExactly("Ferries of Lisbon");
        assertThat(find("[]", "No such", "title_asc")).isEmpty();
        assertThat(DATABASE.rows("CALL list_books('[\"lisbon\",\"o\"]', '', 'Cooking', -1, 'title_asc', '', 0, 0)")
                        .get(0)
                        .get("total")
                        .toString())
                .isEqualTo("2");
    }

    @Test
    void countsAreRightUnderConcurrentEditors() {
        List<Integer> books = IntStream.range(0, 6)
                .mapToObj(i -> inCategory("Concurrent " + i, "Start"))
                .toList();
        List<String> names = List.of("Red", "Green", "Blue");

        CompletableFuture.allOf(IntStream.range(0, 6)
                        .mapToObj(editor -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 12; i++) {
                                shop.updateBook(
                                        books.get((editor + i) % 6),
                                        "*",
                                        "Concurrent",
                                        "",
                                        "",
                                        category(names.get((editor * 2 + i) % 3)),
                                        PRICE,
                                        "");
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        Map<String, Integer> kept = categories();
        assertThat(kept.get("Red") + kept.get("Green") + kept.get("Blue")).isEqualTo(6);
        DATABASE.execute("CALL count_categories()");
        assertThat(categories()).isEqualTo(kept);
    }

    private int inCategory(String title, String category) {
        return shop.createBook(title, "", "", category(category), new BigDecimal("5.00"), 1)
                .id("bookId");
    }

    private static String category(String name) {
        return "{\"category\":\"" + name + "\"}";
    }

    private static Map<String, Integer> categories() {
        return DATABASE.rows("SELECT name, books FROM categories").stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("name"), row -> ((Number) row.get("books")).intValue()));
    }

    private static List<String> find(String words, String category, String sort) {
        return Shop.page(DATABASE.rows("CALL list_books(?, '', ?, -1, ?, '', 100, 0)", words, category, sort)).stream()
                .map(row -> Shop.json((String) row.get("document")).get("title").textValue())
                .toList();
    }
}
