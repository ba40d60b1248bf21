package com.books.bookstore.it.inventory;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreSystem.class)
class InventoryIT {

    @ParameterizedTest
    @EnumSource(
            value = User.class,
            names = {"STAFF", "ADMIN"})
    void staffAndAdministratorsAddBooks(User user) {
        String title = "Added " + Shop.newKey();
        String isbn = Shop.newIsbn();
        Response added = create(user, """
                {"title":"  %s ","author":"N. N.","isbn":"%s","price":12.5,"stockQuantity":7}""".formatted(title, isbn.replaceFirst("978", "978-")));
        added.then()
                .statusCode(201)
                .header("ETag", matchesPattern("\"\\d+\""))
                .body("title", equalTo(title))
                .body("author", equalTo("N. N."))
                .body("isbn", equalTo(isbn))
                .body("price", equalTo(new BigDecimal("12.50")))
                .body("stockQuantity", equalTo(7));
        int book = added.jsonPath().getInt("bookId");
        added.then().header("Location", endsWith("/catalog/v1/books/" + book));
        Shop.catalog().get("/books/{id}", book).then().statusCode(200).body("title", equalTo(title));
    }

    @Test
    void detailsAreKeptAndReplacedAsAWhole() {
        String category = "Kept " + Shop.newKey();
        int book = create(User.STAFF, """
                {"title":"Detailed","price":1,"stockQuantity":1,"description":"One\\nTwo <b>&amp;</b>","publisher":"Bär & Söhne",\
                "publicationYear":1937,"language":"pt-br","category":" %s ","coverImageUrl":"https://covers.example/ü.jpg",\
                "format":"audiobook"}""".formatted(category))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("bookId");
        Shop.catalog()
                .get("/books/{id}", book)
                .then()
                .body("description", equalTo("One\nTwo <b>&amp;</b>"))
                .body("publisher", equalTo("Bär & Söhne"))
                .body("publicationYear", equalTo(1937))
                .body("language", equalTo("pt-BR"))
                .body("category", equalTo(category))
                .body("coverImageUrl", equalTo("https://covers.example/%C3%BC.jpg"))
                .body("format", equalTo("audiobook"));
        update(book, etag(book), "{\"title\":\"Detailed\",\"price\":1,\"format\":\"ebook\"}")
                .then()
                .statusCode(200)
                .body("format", equalTo("ebook"))
                .body("category", nullValue())
                .body("description", nullValue());
    }

    @Test
    void aReplacedBookIsReplacedWhole() {
        int book = create(User.STAFF, """
                {"title":"Old","author":"Someone","price":1,"stockQuantity":1}""")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("bookId");
        update(book, etag(book), """
                {"title":"New","price":2.25}""")
                .then()
                .statusCode(200)
                .body("title", equalTo("New"))
                .body("author", nullValue())
                .body("stockQuantity", equalTo(1));
        Shop.catalog()
                .get("/books/{id}", book)
                .then()
                .body("title", equalTo("New"))
                .body("price", equalTo(new BigDecimal("2.25")));
    }

    @Test
    void ofTwoStaffWhoChangeTheSameVersionOneIsRefused() {
        int book = Shop.newBook("Contended", "10.00", 5);
        String seenByBoth = etag(book);
        update(book, seenByBoth, body("First", "11.00", 5)).then().statusCode(200);
        update(book, seenByBoth, body("Second", "12.00", 5))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        Shop.catalog().get("/books/{id}", book).then().body("title", equalTo("First"));
    }

    @Test
    void aSaleBetweenReadingAndChangingRefusesTheChange() {
        int book = Shop.newBook("Sold meanwhile", "10.00", 5);
        String seen = etag(book);
        Shop.order(User.CUSTOMER, book, 2);
        update(book, seen, body("Sold meanwhile", "10.00", 5)).then().statusCode(412);
        Shop.catalog().get("/books/{id}", book).then().body("stockQuantity", equalTo(3));
    }

    @Test
    void changingWithoutIfMatchIsRefusedAndWithAStarItIsNot() {
        int book = Shop.newBook("Unconditional", "10.00", 5);
        update(book, null, body("Changed", "10.00", 5))
                .then()
                .statusCode(428)
                .body("code", equalTo("precondition_required"));
        update(book, "*", body("Changed", "10.00", 5)).then().statusCode(200).body("title", equalTo("Changed"));
        update(book, "\"other\"", body("Changed", "10.00", 5)).then().statusCode(412);
        update(book, "not an etag", body("Changed", "10.00", 5))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void anIsbnBelongsToOneBookOnSale() {
        String isbn = Shop.newIsbn();
        String body = "{\"title\":\"One\",\"isbn\":\"" + isbn + "\",\"price\":1,\"stockQuantity\":1}";
        int first = create(User.STAFF, body).then().statusCode(201).extract().path("bookId");
        create(User.STAFF, body)
                .then()
                .statusCode(409)
                .body("code", equalTo("isbn_taken"))
                .body("bookId", equalTo(first));
        int other = Shop.newBook("Another", "1.00", 1);
        update(other, "*", "{\"title\":\"Another\",\"isbn\":\"" + isbn + "\",\"price\":1}")
                .then()
                .statusCode(409)
                .body("code", equalTo("isbn_taken"));
        Shop.inventory(User.STAFF).delete("/books/{id}", first).then().statusCode(204);
        create(User.STAFF, body).then().statusCode(201).body("isbn", equalTo(isbn));
    }

    @Test
    void staffFindBooksByIsbnAndStock() {
        String isbn = Shop.newIsbn();
        String title = "Found " + Shop.newKey();
        create(User.STAFF, "{\"title\":\"" + title + "\",\"isbn\":\"" + isbn + "\",\"price\":1,\"stockQuantity\":2}")
                .then()
                .statusCode(201);
        Shop.inventory(User.STAFF)
                .queryParam("q", isbn.replaceFirst("978", "978-"))
                .get("/books")
                .then()
                .statusCode(200)
                .body("items.title", contains(title))
                .body("total", equalTo(1));
        Shop.inventory(User.STAFF)
                .queryParam("q", title)
                .queryParam("maxStock", 1)
                .get("/books")
                .then()
                .body("items", hasSize(0));
        Shop.inventory(User.STAFF)
                .queryParam("q", title)
                .queryParam("maxStock", 2)
                .queryParam("sort", "stock")
                .get("/books")
                .then()
                .body("items.title", contains(title));
        Shop.inventory(User.STAFF)
                .queryParam("author", "x")
                .get("/books")
                .then()
                .statusCode(400)
                .body("errors.field", contains("author"));
    }

    @Test
    void theETagOfAnAnswerServesTheNextChange() {
        int book = Shop.newBook("Chain", "10.00", 5);
        String next = update(book, etag(book), body("Chain 2", "10.00", 5))
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        update(book, next, body("Chain 3", "10.00", 5)).then().statusCode(200).body("title", equalTo("Chain 3"));
    }

    @Test
    void aRemovedBookLeavesTheCatalogButStaysInTheOrderHistory() {
        String title = "Removed " + Shop.newKey();
        int book = Shop.newBook(title, "10.00", 5);
        int order = Shop.order(User.CUSTOMER, book, 1);
        Shop.inventory(User.STAFF)
                .delete("/books/{id}", book)
                .then()
                .statusCode(204)
                .body(equalTo(""));
        Shop.catalog().get("/books/{id}", book).then().statusCode(404);
        Shop.catalog().queryParam("q", title).get("/books").then().body("items", hasSize(0));
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 1))
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown_book"))
                .body("unknownBooks", contains(book));
        Shop.orders(User.CUSTOMER)
                .get("/orders/{id}", order)
                .then()
                .statusCode(200)
                .body("items[0].title", equalTo(title));
        Shop.inventory(User.STAFF).delete("/books/{id}", book).then().statusCode(404);
        update(book, "*", body("Back", "1.00", 1)).then().statusCode(404).body("code", equalTo("book_not_found"));
    }

    @Test
    void oneOfSeveralVersionsIsEnough() {
        int book = Shop.newBook("Listed", "10.00", 5);
        String seen = etag(book);
        update(book, "\"999\", " + seen, body("Listed 2", "10.00", 5)).then().statusCode(200);
        update(book, "\"999\", " + seen, body("Listed 3", "10.00", 5)).then().statusCode(412);
        update(book, "W/" + etag(book), body("Listed 3", "10.00", 5)).then().statusCode(412);
        Shop.inventory(User.STAFF)
                .header("If-Match", "\"999\"", etag(book))
                .delete("/books/{id}", book)
                .then()
                .statusCode(204);
    }

    @Test
    void removingAnOutdatedVersionIsRefused() {
        int book = Shop.newBook("Outdated", "10.00", 5);
        String seen = etag(book);
        update(book, seen, body("Newer", "10.00", 5)).then().statusCode(200);
        Shop.inventory(User.STAFF)
                .header("If-Match", seen)
                .delete("/books/{id}", book)
                .then()
                .statusCode(412);
        Shop.catalog().get("/books/{id}", book).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":\"\",\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":\"   \",\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":7,\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":null,\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":\"x\\u0000y\",\"price\":1,\"stockQuantity\":1}|title",
                "{\"title\":\"x\",\"price\":\"1\",\"stockQuantity\":1}|price",
                "{\"title\":\"x\",\"price\":-0.01,\"stockQuantity\":1}|price",
                "{\"title\":\"x\",\"price\":1.001,\"stockQuantity\":1}|price",
                "{\"title\":\"x\",\"price\":100000000,\"stockQuantity\":1}|price",
                "{\"title\":\"x\",\"price\":1e400,\"stockQuantity\":1}|price",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":-1}|stockQuantity",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1.5}|stockQuantity",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1000000001}|stockQuantity",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":true}|stockQuantity",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"author\":5}|author",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"isbn\":\"9780261103345\"}|isbn",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"language\":\"english\"}|language",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"publicationYear\":12}|publicationYear",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"format\":\"scroll\"}|format",
                "{\"title\":\"x\",\"price\":1,\"stockQuantity\":1,\"coverImageUrl\":\"http://a.example/b\"}|coverImageUrl"
            })
    void aWrongFieldIsNamed(String body, String field) {
        create(User.STAFF, body)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
    }

    /** Blanks that are not seen, at the ends; letters with accents in two characters. */
    @Test
    void textsAreTrimmedAndComposed() {
        create(User.STAFF, body("\u00a0\u200b Cafe\u0301 \u200d de l\u2019A\u030a\ufeff\u3000", "1.00", 1))
                .then()
                .statusCode(201)
                .body("title", equalTo("Caf\u00e9 \u200d de l\u2019\u00c5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b\u200c", "\ufeff \u2060", "\u3164", "\u2800\u00ad"})
    void aTitleThatShowsNothingIsRefused(String title) {
        create(User.STAFF, body(title, "1.00", 1)).then().statusCode(400).body("errors.field", contains("title"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0", "7e0", "70e-1", "0.7e1"})
    void aWholeNumberMayBeWrittenInEveryWayThatJsonHas(String seven) {
        int book = create(User.STAFF, "{\"title\":\"Seven\",\"price\":1,\"stockQuantity\":" + seven + "}")
                .then()
                .statusCode(201)
                .body("stockQuantity", equalTo(7))
                .extract()
                .path("bookId");
        update(book, "*", "{\"title\":\"Seven\",\"price\":1,\"stockQuantity\":" + seven + "}")
                .then()
                .statusCode(200)
                .body("stockQuantity", equalTo(7));
    }

    /** Proxies that compress mark an ETag so: it is another representation then, which If-Match compares strongly. */
    @Test
    void theTagOfACompressedCopyIsNotTheVersion() {
        int book = Shop.newBook("Compressed", "10.00", 5);
        String version = etag(book);
        String compressed = version.replaceFirst("\"$", "-gzip\"");
        update(book, compressed, body("Changed", "10.00", 5))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        update(book, compressed + ", " + version, body("Changed", "10.00", 5))
                .then()
                .statusCode(200);
    }

    @Test
    void titlesOfTheFullLengthAreKeptAndLongerOnesRefused() {
        create(User.STAFF, body("é".repeat(255), "1.00", 1))
                .then()
                .statusCode(201)
                .body("title", equalTo("é".repeat(255)));
        create(User.STAFF, body("x".repeat(256), "1.00", 1))
                .then()
                .statusCode(400)
                .body("errors.field", contains("title"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"text\"",
                "null",
                "{\"title\":\"x\",}",
                "{\"title\":\"a\",\"title\":\"b\",\"price\":1,\"stockQuantity\":1}",
                "{} {}",
                "{\"x\":1e2147483648}",
                "{\"x\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"
            })
    void whatIsNoJsonObjectIsMalformed(String body) {
        create(User.STAFF, body).then().statusCode(400).body("code", equalTo("malformed_json"));
    }

    @Test
    void aBodyOfAnotherTypeIsUnsupported() {
        Shop.inventory(User.STAFF)
                .contentType("text/plain")
                .body("title=x")
                .post("/books")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    @NotBehindGateway
    void customersMayNotTouchTheInventory() {
        int book = Shop.newBook("Guarded", "10.00", 5);
        create(User.CUSTOMER, body("Mine", "1.00", 1))
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        Shop.inventory(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(body("Mine", "1.00", 1))
                .put("/books/{id}", book)
                .then()
                .statusCode(403);
        Shop.inventory(User.CUSTOMER).delete("/books/{id}", book).then().statusCode(403);
        Shop.inventory(User.CUSTOMER).get("/books").then().statusCode(403);
        Shop.catalog().get("/books/{id}", book).then().body("title", equalTo("Guarded"));
    }

    @Test
    void aBodyThatIsMissingOrNotInUtf8IsNamed() {
        Shop.inventory(User.STAFF)
                .noContentType()
                .post("/books")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        Shop.inventory(User.STAFF)
                .contentType("application/json; charset=UTF-16")
                .body(body("Wide", "1.00", 1).getBytes(StandardCharsets.UTF_16))
                .post("/books")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    private static Response create(User user, String body) {
        return Shop.inventory(user).contentType(ContentType.JSON).body(body).post("/books");
    }

    private static Response update(int book, String ifMatch, String body) {
        var request = Shop.inventory(User.STAFF).contentType(ContentType.JSON).body(body);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return request.put("/books/{id}", book);
    }

    private static String body(String title, String price, int stock) {
        return "{\"title\":\"" + title + "\",\"price\":" + price + ",\"stockQuantity\":" + stock + "}";
    }

    private static String etag(int book) {
        return Shop.catalog()
                .get("/books/{id}", book)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }
}
