package com.books.bookstore.it.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BookstoreSystem.class)
class ImportIT {

    private static final List<String> COLUMNS = List.of(
            "bookId",
            "isbn",
            "title",
            "author",
            "price",
            "stockQuantity",
            "publisher",
            "publicationYear",
            "language",
            "category",
            "format",
            "coverImageUrl",
            "description");

    private final String id = Shop.newKey();

    @Test
    void whatIsExportedIsUnchanged() {
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .body(Map.ofEntries(
                        Map.entry("title", "=1+1, \"quoted\" " + id),
                        Map.entry("author", "'-x"),
                        Map.entry("price", 9.5),
                        Map.entry("stockQuantity", 3),
                        Map.entry("description", "One;\ntwo, 三 😀"),
                        Map.entry("language", "pt-BR"),
                        Map.entry("category", "Import " + id),
                        Map.entry("format", "ebook"),
                        Map.entry("publicationYear", 1999),
                        Map.entry("coverImageUrl", "https://covers.example/a.jpg")))
                .post("/books")
                .then()
                .statusCode(201);
        List<Map<String, Object>> books = Shop.inventory(User.STAFF)
                .queryParam("limit", 100)
                .get("/books")
                .jsonPath()
                .getList("items");
        List<Map<String, Object>> exported = Shop.inventory(User.STAFF)
                .queryParam("q", id)
                .get("/books")
                .jsonPath()
                .getList("items");
        assertThat(exported).hasSize(1);

        String csv = "\uFEFF" + String.join(",", COLUMNS) + ",counted\r\n"
                + List.of(books, exported).stream()
                        .flatMap(List::stream)
                        .distinct()
                        .map(ImportIT::exported)
                        .collect(Collectors.joining());
        stage(csv).then().statusCode(200);

        preview("").then().body("counts.changed", equalTo(0)).body("counts.wrong", equalTo(0));
        assertThat(preview("").jsonPath().getInt("counts.unchanged")).isGreaterThanOrEqualTo(books.size());
    }

    private static String exported(Map<String, Object> book) {
        return COLUMNS.stream()
                        .map(name -> Objects.toString(book.get(name), ""))
                        .map(text -> text.matches("(?s)'*[=+\\-@\t\r].*") ? "'" + text : text)
                        .map(text -> text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text)
                        .collect(Collectors.joining(","))
                + ",\r\n";
    }

    @Test
    void isPreviewedAndAppliedAsAWhole() {
        int book = Shop.newBook("Imported " + id, "9.00", 5);
        stage("bookId;title;price;stockQuantity;counted\r\n" + book + ";Imported " + id + ";9,75;5;4\r\n")
                .then()
                .statusCode(200)
                .body("lines", equalTo(1));
        stage(3, "title,price\nNew " + id + ",5\nNew,x\n").then().statusCode(200);

        preview("wrong")
                .then()
                .statusCode(200)
                .body("counts", equalTo(Map.of("new", 1, "changed", 1, "unchanged", 0, "wrong", 1)))
                .body("total", equalTo(1))
                .body("items[0].line", equalTo(4))
                .body("items[0].errors.field", contains("price"))
                .body("applied", equalTo(false));
        apply(3).then().statusCode(422).body("code", equalTo("import_wrong")).body("wrong", equalTo(1));
        stage(4, "title,price\nNewer " + id + ",6\n").then().statusCode(200);
        apply(2).then()
                .statusCode(409)
                .body("code", equalTo("import_incomplete"))
                .body("lines", equalTo(3));
        preview("changed")
                .then()
                .body("items[0].changes.field", contains("price", "counted"))
                .body("items[0].changes.before", contains("9.00", "5"))
                .body("items[0].changes.after", contains("9.75", "4"));

        apply(3).then().statusCode(200).body("new", equalTo(2)).body("changed", equalTo(1));
        apply(3).then().statusCode(200);

        assertThat(Shop.stockOf(book)).isEqualTo(4);
        Shop.catalog().queryParam("q", id).get("/books").then().body("total", equalTo(3));
        preview("").then().body("applied", equalTo(true));
        stage("title,price\nx,1\n").then().statusCode(409).body("code", equalTo("import_applied"));
    }

    @Test
    void isRefusedWhenABookChangedAfterThePreview() {
        int book = Shop.newBook("Changed " + id, "9.00", 5);
        stage("bookId,title,price\n" + book + ",By file,9\n").then().statusCode(200);
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(Map.of("title", "By hand", "price", 9))
                .put("/books/{id}", book)
                .then()
                .statusCode(200);

        apply(1).then().statusCode(409).body("code", equalTo("import_outdated"));
        Shop.catalog().get("/books/{id}", book).then().body("title", equalTo("By hand"));
    }

    @Test
    void belongsToStaffWhoSentIt() {
        stage("title,price\nMine " + id + ",1\n").then().statusCode(200);

        Shop.inventory(User.ADMIN).get("/imports/{id}", id).then().statusCode(404);
        Shop.inventory(User.CUSTOMER).get("/imports/{id}", id).then().statusCode(403);
        preview("").then().statusCode(200).body("items[0].bookId", nullValue());
        stage("title\nx\n").then().statusCode(400).body("errors.field", hasItem("csv"));
    }

    private Response stage(String csv) {
        return stage(2, csv);
    }

    private Response stage(int firstLine, String csv) {
        return Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .body(Map.of("importId", id, "firstLine", firstLine, "csv", csv))
                .post("/imports");
    }

    private Response preview(String result) {
        return Shop.inventory(User.STAFF)
                .queryParams(result.isEmpty() ? Map.of() : Map.of("result", result))
                .get("/imports/{id}", id);
    }

    private Response apply(int lines) {
        return Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .body(Map.of("lines", lines))
                .post("/imports/{id}/apply", id);
    }
}
