package com.books.bookstore.it.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Takes the database away and gives it back, while the runtime keeps running. */
@Isolated
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class DatabaseOutageIT {

    @Test
    void withoutTheDatabaseEveryRequestIsToldSoAndAllWorksAgainWhenItIsBack() {
        int book = Shop.newBook("Survivor", "4.00", 10);
        String key = Shop.newKey();
        BookstoreSystem.stopDatabase();
        try {
            Shop.catalog()
                    .get("/books/{id}", book)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("database_unavailable"));
            Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1)).then().statusCode(503);
        } finally {
            BookstoreSystem.startDatabase();
        }
        await().atMost(30, SECONDS)
                .until(() -> Shop.catalog().get("/books/{id}", book).statusCode() == 200);
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1)).then().statusCode(201);
        assertThat(Shop.stockOf(book)).isEqualTo(9);
    }
}
