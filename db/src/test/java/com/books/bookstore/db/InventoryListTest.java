package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryListTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @BeforeAll
    static void addBooks() {
        Shop shop = new Shop(DATABASE);
        shop.createBook("Emma", "Jane Austen", "9780141439587", new BigDecimal("8.00"), 0);
        shop.createBook("Kim", "Rudyard Kipling", "", new BigDecimal("12.00"), 5);
        shop.createBook("1984", "George Orwell", "9780451524935", new BigDecimal("9.90"), 40);
        shop.deleteBook(shop.addBook("Gone", 1), "*");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "%, '', -1, title_asc, '1984,Emma,Kim'",
        "%, '', -1, title_desc, 'Kim,Emma,1984'",
        "%, '', -1, price_asc, 'Emma,1984,Kim'",
        "%, '', -1, stock_desc, '1984,Kim,Emma'",
        "%, '', 5, stock_asc, 'Emma,Kim'",
        "%, '', 0, title_asc, Emma",
        "%orwell%, '', -1, title_asc, 1984",
        "%x%, 9780141439587, -1, title_asc, Emma",
        "%1984%, %1984%, -1, title_asc, 1984",
        "%nothing%, '', -1, title_asc, ''",
        "%, '', -1, nonsense, '1984,Emma,Kim'"
    })
    void findsBooks(String pattern, String isbn, int maxStock, String sort, String titles) {
        List<String> expected = titles.isEmpty() ? List.of() : List.of(titles.split(","));

        assertThat(DATABASE.rows("CALL list_inventory(?, ?, ?, ?, 10, 0)", pattern, isbn, maxStock, sort))
                .extracting(row ->
                        Shop.json((String) row.get("document")).get("title").textValue())
                .containsExactlyElementsOf(expected);
        assertThat(DATABASE.count("CALL list_inventory(?, ?, ?, ?, 0, 0)", pattern, isbn, maxStock, sort))
                .isEqualTo(expected.size());
    }
}
