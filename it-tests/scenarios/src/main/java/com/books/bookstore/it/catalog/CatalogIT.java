package com.books.bookstore.it.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreSystem.class)
class CatalogIT {

    @Test
    void everybodyBrowsesWithoutSigningIn() {
        Shop.catalog()
                .get("/books")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/json"))
                .body("items", hasSize(20))
                .body("limit", equalTo(new BigDecimal(20).intValue()))
                .body("offset", equalTo(0));
    }

    @Test
    void pricesAreJsonNumbersWithTwoDecimals() {
        int book = Shop.newBook("Two decimals " + Shop.newKey(), "9.90", 3);
        String body = Shop.catalog()
                .get("/books/{id}", book)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(body.replace(" ", ""))
                .contains("\"price\":9.90")
                .contains("\"stockQuantity\":3")
                .contains("\"bookId\":" + book);
    }

    @Test
    void categoriesAreCountedAndListTheirBooksAlsoWithASearch() {
        String category = "Category " + Shop.newKey();
        String word = "w" + Shop.newKey().replace("-", "");
        for (String title : List.of("First " + word, "Second " + word)) {
            Shop.inventory(User.STAFF)
                    .contentType(ContentType.JSON)
                    .body(Map.of("title", title, "price", 5, "stockQuantity", 1, "category", category))
                    .post("/books")
                    .then()
                    .statusCode(201);
        }
        Shop.newBook("Third " + word, "5.00", 1);

        Shop.catalog()
                .get("/categories")
                .then()
                .statusCode(200)
                .body("items.find { it.name == '" + category + "' }.books", equalTo(2));
        Shop.catalog()
                .queryParam("category", category.toUpperCase(Locale.ROOT))
                .get("/books")
                .then()
                .statusCode(200)
                .body("items.title", contains("First " + word, "Second " + word))
                .body("total", equalTo(2));
        Shop.catalog()
                .queryParam("category", category)
                .queryParam("q", "second " + word)
                .get("/books")
                .then()
                .body("items.title", contains("Second " + word));
        Shop.catalog()
                .queryParam("category", "")
                .get("/books")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("category"));
    }

    @Test
    void aTitleThatLooksLikeANumberStaysText() {
        int book = Shop.newBook("1984", "7.00", 1);
        Shop.catalog().get("/books/{id}", book).then().statusCode(200).body("title", equalTo("1984"));
    }

    @Test
    void titlesKeepQuotesMarkupAndOtherAlphabets() {
        String title = "L'Étranger <b>&amp;</b> \"quoted\" \\ Война и мир 三体 😀 ${x} " + Shop.newKey();
        int book = Shop.newBook(title, "7.00", 1);
        Shop.catalog().get("/books/{id}", book).then().statusCode(200).body("title", equalTo(title));
    }

    @Test
    void aBookThatTheClientHasIsNotSentAgainUntilItChanges() {
        int book = Shop.newBook("Kept " + Shop.newKey(), "9.90", 3);
        String version = Shop.catalog()
                .get("/books/{id}", book)
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("public, max-age=10"))
                .header("Vary", containsString("Origin"))
                .extract()
                .header("ETag");
        Response known = Shop.catalog().header("If-None-Match", version).get("/books/{id}", book);
        known.then().statusCode(304).header("ETag", equalTo(version));
        assertThat(known.asByteArray()).isEmpty();
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", version)
                .body("{\"title\":\"Changed\",\"price\":9.90}")
                .put("/books/{id}", book)
                .then()
                .statusCode(200);
        Shop.catalog()
                .header("If-None-Match", version)
                .get("/books/{id}", book)
                .then()
                .statusCode(200)
                .body("title", equalTo("Changed"));
    }

    @Test
    void oneHitAndNoHitAreArrays() {
        String token = Shop.newKey();
        Shop.newBook("Single " + token, "5.00", 1);
        Shop.catalog()
                .queryParam("q", token)
                .get("/books")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].title", equalTo("Single " + token))
                .body("total", equalTo(1));
        Shop.catalog()
                .queryParam("q", "nothing has " + token)
                .get("/books")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("total", equalTo(0));
    }

    @Test
    void searchFindsWordsInAnyOrderAndTheBestFirst() {
        String token = Shop.newKey();
        Shop.newBook("Thinking of " + token, "5.00", 1);
        Shop.newBook("Kingdom of " + token, "5.00", 1);
        Shop.newBook("The King\u2019s W\u00E4y " + token, "5.00", 1);
        Shop.newBook("A king and " + token, "5.00", 1);

        assertThat(found(token + " KING"))
                .containsExactly(
                        "A king and " + token,
                        "Kingdom of " + token,
                        "The King\u2019s W\u00E4y " + token,
                        "Thinking of " + token);
        assertThat(found("king's way " + token)).containsExactly("The King\u2019s W\u00E4y " + token);
        assertThat(found("WAY, " + token + "!")).containsExactly("The King\u2019s W\u00E4y " + token);
        assertThat(found("%")).isEmpty();
    }

    @Test
    void aSearchThatFindsNothingSuggestsSimilarWords() {
        String word = "qu" + Shop.newKey().replaceAll("[^a-f]", "k").substring(0, 8);
        Shop.newBook("The " + word, "5.00", 1);

        Shop.catalog()
                .queryParam("q", "the " + word.charAt(1) + word.charAt(0) + word.substring(2))
                .get("/books")
                .then()
                .statusCode(200)
                .body("total", equalTo(0))
                .body("didYouMean", equalTo("the " + word));
    }

    private static List<String> found(String search) {
        return Shop.catalog()
                .queryParam("q", search)
                .get("/books")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR 1=1 --", "\" OR \"\"=\"", "'; DROP TABLE books; --", "!%", "\\", "%27"})
    void searchIsNoWayIntoTheDatabase(String attack) {
        Shop.catalog()
                .queryParam("q", attack + Shop.newKey())
                .get("/books")
                .then()
                .statusCode(200)
                .body("total", equalTo(0));
        Shop.catalog().get("/books").then().statusCode(200).body("items", hasSize(20));
    }

    @ParameterizedTest
    @CsvSource({"title,asc,A;B;C", "title,desc,C;B;A", "price,asc,B;C;A", "price,desc,A;C;B"})
    void sorts(String sort, String order, String expected) {
        String token = Shop.newKey();
        Shop.newBook("A " + token, "30.00", 1);
        Shop.newBook("B " + token, "9.50", 1);
        Shop.newBook("C " + token, "10.00", 1);
        List<String> titles = Shop.catalog()
                .queryParam("q", token)
                .queryParam("sort", sort)
                .queryParam("order", order)
                .get("/books")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.title");
        assertThat(titles.stream().map(title -> title.substring(0, 1))).containsExactly(expected.split(";"));
    }

    @Test
    void pagesCoverEverythingOnce() {
        String token = Shop.newKey();
        for (int i = 0; i < 5; i++) {
            Shop.newBook("Volume " + i + " " + token, "10.00", 1);
        }
        JsonPath first = page(token, 2, 0);
        JsonPath second = page(token, 2, 2);
        JsonPath third = page(token, 2, 4);
        assertThat(first.getInt("total")).isEqualTo(5);
        assertThat(List.of(first, second, third).stream()
                        .flatMap(page -> page.getList("items.title", String.class).stream()))
                .containsExactly(
                        "Volume 0 " + token,
                        "Volume 1 " + token,
                        "Volume 2 " + token,
                        "Volume 3 " + token,
                        "Volume 4 " + token);
        assertThat(page(token, 2, 100).getList("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"title,asc", "price,desc", "relevance,asc"})
    void nextCoversEverythingOnceWhileBooksComeAndGo(String sort, String order) {
        String token = Shop.newKey();
        for (int i = 0; i < 5; i++) {
            Shop.newBook("Volume " + i + " " + token, (10 - i) + ".00", 1);
        }
        List<String> titles = new ArrayList<>();
        String next = null;
        do {
            RequestSpecification request = Shop.catalog()
                    .queryParam("q", token)
                    .queryParam("sort", sort)
                    .queryParam("order", order)
                    .queryParam("limit", 2);
            JsonPath page = (next == null ? request : request.queryParam("next", next))
                    .get("/books")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            titles.addAll(page.getList("items.title", String.class));
            next = page.getString("next");
            // Before the place, in each of the orders.
            Shop.newBook("A volume of " + token, "20.00", 1);
        } while (next != null);

        assertThat(titles)
                .containsExactly(
                        "Volume 0 " + token,
                        "Volume 1 " + token,
                        "Volume 2 " + token,
                        "Volume 3 " + token,
                        "Volume 4 " + token);
    }

    private static JsonPath page(String search, int limit, int offset) {
        return Shop.catalog()
                .queryParam("q", search)
                .queryParam("limit", limit)
                .queryParam("offset", offset)
                .get("/books")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,101",
        "limit,-1",
        "limit,ten",
        "limit,1.5",
        "offset,-1",
        "offset,x",
        "offset,99999999999",
        "offset,10001",
        "next,made-up",
        "next,''",
        "sort,isbn",
        "order,up"
    })
    void aWrongParameterIsNamed(String name, String value) {
        Shop.catalog()
                .queryParam(name, value)
                .get("/books")
                .then()
                .statusCode(400)
                .header("Content-Type", startsWith("application/problem+json"))
                .body("code", equalTo("invalid_request"))
                .body("status", equalTo(400))
                .body("errors.field", contains(name))
                .body("errors[0].message", not(equalTo("")));
    }

    @Test
    void allWrongParametersAreNamedAtOnce() {
        Shop.catalog()
                .queryParam("limit", "x")
                .queryParam("sort", "y")
                .get("/books")
                .then()
                .statusCode(400)
                .body("errors.field.sort()", contains("limit", "sort"));
    }

    @Test
    void aBookHasAnETag() {
        int book = Shop.newBook("Tagged " + Shop.newKey(), "5.00", 1);
        Shop.catalog().get("/books/{id}", book).then().statusCode(200).header("ETag", matchesPattern("\"\\d+\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2147483647", "9999999999"})
    void anUnknownBookIsNotFound(String id) {
        Shop.catalog()
                .get("/books/{id}", id)
                .then()
                .statusCode(404)
                .header("Content-Type", startsWith("application/problem+json"))
                .body("code", equalTo("book_not_found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "1.0", "1'--"})
    void aBookNumberThatIsNoneIsRefused(String id) {
        Shop.catalog()
                .get("/books/{id}", id)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", contains("bookId"));
    }
}
