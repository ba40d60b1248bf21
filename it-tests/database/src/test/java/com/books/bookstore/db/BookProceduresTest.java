package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BookProceduresTest {

    private static final int NO_SUCH_BOOK = 2_000_000_000;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void createsABook() {
        Answer answer = shop.createBook("1984", "George Orwell", "9780451524935", new BigDecimal("9.90"), 12);

        assertThat(answer.outcome()).isEqualTo("created");
        assertThat(answer.version()).isEqualTo(1);
        assertThat(answer.document()).isEqualTo(Shop.json("""
                {"bookId": %d, "title": "1984", "author": "George Orwell", "isbn": "9780451524935", "price": 9.90,
                 "stockQuantity": 12, "description": null, "publisher": null, "publicationYear": null, "language": null,
                 "category": null, "coverImageUrl": null, "format": null}""".formatted(answer.id("bookId"))));
        assertThat(answer.text().replace(" ", "")).contains("\"price\":9.90");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "İnce Memed",
                "红楼梦",
                "Cat's Cradle",
                "\"Surely You're Joking\"",
                "back\\slash",
                "tab\tand\nline",
                "100 % _ !",
                "😀"
            })
    void keepsEveryCharacterOfATitle(String title) {
        Answer answer = shop.createBook(title, title, "", PRICE, 1);

        assertThat(answer.document().get("title").textValue()).isEqualTo(title);
        assertThat(answer.document().get("author").textValue()).isEqualTo(title);
    }

    @Test
    void takesAnEmptyAuthorOrIsbnAsUnknown() {
        Answer answer = shop.createBook("Beowulf", "", "", PRICE, 1);

        assertThat(answer.document().get("author").isNull()).isTrue();
        assertThat(answer.document().get("isbn").isNull()).isTrue();
    }

    @Test
    void updatesABookOfTheExpectedVersion() {
        int book = shop.addBook("Emma", 3);

        Answer answer = shop.updateBook(book, "1", "Emma (annotated)", "Jane Austen", "", new BigDecimal("19.00"));

        assertThat(answer.outcome()).isEqualTo("updated");
        assertThat(answer.version()).isEqualTo(2);
        assertThat(answer.document()).isEqualTo(Shop.json("""
                {"bookId": %d, "title": "Emma (annotated)", "author": "Jane Austen", "isbn": null, "price": 19.00,
                 "stockQuantity": 3, "description": null, "publisher": null, "publicationYear": null, "language": null,
                 "category": null, "coverImageUrl": null, "format": null}""".formatted(book)));
    }

    @Test
    void refusesAnUpdateThatWouldOverwriteAnotherOne() {
        int book = shop.addBook("Emma", 3);
        shop.updateBook(book, "1", "First", "", "", PRICE);

        Answer second = shop.updateBook(book, "1", "Second", "", "", PRICE);

        assertThat(second).isEqualTo(new Answer("version_conflict", null, null, 2));
        assertThat(DATABASE.value("SELECT title FROM books WHERE book_id = ?", book))
                .isEqualTo("First");
    }

    @Test
    void refusesAnUpdateThatWouldBringSoldCopiesBack() {
        int book = shop.addBook("Emma", 3);
        shop.place(Line.of(book, 1));

        assertThat(shop.updateBook(book, "1", "Emma", "", "", PRICE).outcome()).isEqualTo("version_conflict");
        assertThat(shop.stock(book)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "01", "1x", "", " 1", "99999999999999999999"})
    void takesOnlyTheExactVersion(String version) {
        int book = shop.addBook("Emma", 3);

        assertThat(shop.updateBook(book, version, "Emma", "", "", PRICE).outcome())
                .isEqualTo("version_conflict");
    }

    @Test
    void updatesAnyVersionWhenAskedTo() {
        int book = shop.addBook("Emma", 3);
        shop.place(Line.of(book, 1));

        assertThat(shop.updateBook(book, "*", "Emma", "", "", PRICE).version()).isEqualTo(3);
    }

    @Test
    void leavesTheStockToMovements() {
        int book = shop.addBook("Emma", 3);

        assertThat(shop.updateBook(book, "1", "Emma", "", "", PRICE, "4"))
                .isEqualTo(new Answer("stock_differs", null, null, 1));
        assertThat(shop.updateBook(book, "1", "Emma", "", "", PRICE, "3").outcome())
                .isEqualTo("updated");
        assertThat(shop.stock(book)).isEqualTo(3);
    }

    @Test
    void anIsbnBelongsToOneBookOnSale() {
        int first = shop.createBook("Emma", "", "9780141439587", PRICE, 1).id("bookId");
        int other = shop.addBook("Emma, again", 1);

        Answer created = shop.createBook("Emma", "", "9780141439587", PRICE, 1);
        Answer updated = shop.updateBook(other, "*", "Emma", "", "9780141439587", PRICE);

        assertThat(created.outcome()).isEqualTo("isbn_taken");
        assertThat(created.id("bookId")).isEqualTo(first);
        assertThat(updated.outcome()).isEqualTo("isbn_taken");
        assertThat(updated.id("bookId")).isEqualTo(first);
        assertThat(shop.version(other)).isEqualTo(1);
        assertThat(shop.updateBook(first, "*", "Emma", "", "9780141439587", PRICE)
                        .outcome())
                .isEqualTo("updated");
        shop.deleteBook(first, "*");
        assertThat(shop.updateBook(other, "*", "Emma", "", "9780141439587", PRICE)
                        .outcome())
                .isEqualTo("updated");
    }

    @Test
    void hidesADeletedBookButKeepsItForItsOrders() {
        int book = shop.addBook("The Trial", 3);
        int orderId = shop.place(Line.of(book, 1)).id("orderId");

        assertThat(shop.deleteBook(book, "2")).isEqualTo(new Answer("deleted", null, null, null));
        assertThat(DATABASE.rows("SELECT document FROM book_documents WHERE book_id = ?", book))
                .isEmpty();
        assertThat(shop.orderDocument(orderId).get("items").get(0).get("title").textValue())
                .isEqualTo("The Trial");
    }

    @Test
    void doesNotFindADeletedBook() {
        int book = shop.addBook("The Trial", 3);
        shop.deleteBook(book, "*");

        assertThat(shop.deleteBook(book, "*").outcome()).isEqualTo("not_found");
        assertThat(shop.updateBook(book, "*", "The Trial", "", "", PRICE))
                .isEqualTo(new Answer("not_found", null, null, null));
    }

    @Test
    void oneOfSeveralVersionsIsEnough() {
        int book = shop.addBook("Emma", 3);

        assertThat(shop.updateBook(book, "7,1", "Emma", "", "", PRICE).outcome())
                .isEqualTo("updated");
        assertThat(shop.deleteBook(book, "2,10").outcome()).isEqualTo("deleted");
    }

    @Test
    void doesNotDeleteAnotherVersion() {
        int book = shop.addBook("The Castle", 3);

        assertThat(shop.deleteBook(book, "7")).isEqualTo(new Answer("version_conflict", null, null, 1));
        assertThat(shop.deleteBook(book, "7,11,10")).isEqualTo(new Answer("version_conflict", null, null, 1));
        assertThat(DATABASE.rows("SELECT document FROM book_documents WHERE book_id = ?", book))
                .hasSize(1);
    }

    @Test
    void doesNotFindABookThatNeverWas() {
        assertThat(shop.deleteBook(NO_SUCH_BOOK, "*").outcome()).isEqualTo("not_found");
        assertThat(shop.updateBook(NO_SUCH_BOOK, "*", "x", "", "", PRICE).outcome())
                .isEqualTo("not_found");
    }

    @Test
    void refusesATitleThatDoesNotFit() {
        String tooLong = "t".repeat(256);

        assertThatThrownBy(() -> shop.addBook(tooLong, 1)).isInstanceOf(DatabaseRefusal.class);
    }
}
