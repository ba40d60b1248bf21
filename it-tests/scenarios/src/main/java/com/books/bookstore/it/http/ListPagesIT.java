package com.books.bookstore.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of every list but those of books and registrations. */
@ExtendWith(BookstoreSystem.class)
class ListPagesIT {

    static Stream<Arguments> lists() {
        int book = Shop.newBook("Emma", "10.00", 100);
        int order = 0;
        for (int i = 0; i < 3; i++) {
            order = Shop.order(User.CUSTOMER, book, 1);
        }
        return Stream.of(
                list(() -> Shop.orders(User.STAFF), "/orders", "orderId"),
                list(() -> Shop.orders(User.STAFF).queryParam("from", "2020-01-01"), "/orders", "orderId"),
                list(() -> Shop.orders(User.CUSTOMER), "/orders", "orderId"),
                list(() -> Shop.orders(User.STAFF), "/orders/" + order + "/history", "entryId"),
                list(() -> Shop.orders(User.ADMIN), "/promotions", "code"),
                list(() -> Shop.mails(User.ADMIN), "/mails", "mailId"),
                list(() -> Shop.reports(User.ADMIN), "/audit-events", "auditId"),
                list(() -> Shop.inventory(User.STAFF), "/books/" + book + "/stock-movements", "movementId"));
    }

    private static Arguments list(Supplier<RequestSpecification> requests, String path, String id) {
        return Arguments.of(requests, path, id);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void nextCoversEverythingOnceWhileOrdersCome(Supplier<RequestSpecification> requests, String path, String id) {
        int book = Shop.newBook("Persuasion", "10.00", 100);
        List<String> found = new ArrayList<>();
        JsonPath page = page(requests.get(), path);
        for (int pages = 0; pages < 4; pages++) {
            found.addAll(page.getList("items." + id, String.class));
            String next = page.getString("next");
            if (next == null) {
                break;
            }
            Shop.order(User.CUSTOMER, book, 1);
            page = page(requests.get().queryParam("next", next), path);
        }

        List<String> all = requests.get()
                .queryParam("limit", 100)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items." + id, String.class);
        assertThat(found).doesNotHaveDuplicates().isNotEmpty();
        assertThat(all).containsSequence(found);
    }

    private static JsonPath page(RequestSpecification request, String path) {
        return request.queryParam("limit", 2)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anOffsetTooFarOnNamesNext(Supplier<RequestSpecification> requests, String path, String id) {
        requests.get()
                .queryParam("offset", 10_001)
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", contains("offset"))
                .body("errors[0].message", containsString("next"));
        requests.get()
                .queryParam("next", "made-up")
                .get(path)
                .then()
                .statusCode(400)
                .body("errors.field", contains("next"));
    }
}
