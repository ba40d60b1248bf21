package com.books.bookstore.it.reports;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@NotBehindGateway
@ExtendWith(BookstoreSystem.class)
class AuditIT {

    @Test
    void aChangedPriceIsFoundUnderTheOneWhoChangedIt() {
        int book = Shop.newBook("Audited", "10.00", 1);
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"title\":\"Audited\",\"price\":7.5}")
                .put("/books/{id}", book)
                .then()
                .statusCode(200);

        Shop.reports(User.ADMIN)
                .queryParam("kind", "price_changed")
                .queryParam("limit", 100)
                .get("/audit-events")
                .then()
                .statusCode(200)
                .body("items.kind", everyItem(equalTo("price_changed")))
                .rootPath("items.find { it.subject == '" + book + "' }")
                .body("actor", equalTo(User.STAFF.email()))
                .body("details.priceBefore", equalTo(new BigDecimal("10.00")))
                .body("details.price", equalTo(new BigDecimal("7.50")));
    }

    @Test
    void onlyAdministratorsReadItAndOnlyWhatTheyAskFor() {
        Shop.reports(User.STAFF).get("/audit-events").then().statusCode(403);
        Shop.reports(User.ADMIN)
                .queryParam("kind", "gossip")
                .queryParam("day", "today")
                .get("/audit-events")
                .then()
                .statusCode(400)
                .body("errors", hasSize(2));
        Shop.reports(User.ADMIN)
                .queryParam("day", "2020-01-01")
                .get("/audit-events")
                .then()
                .statusCode(200)
                .body("total", equalTo(0));
    }
}
