package com.books.bookstore.it.orders;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Promotions and quantity discounts, as administrators manage them. Isolated: quantity discounts change all prices. */
@Isolated
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class PriceIT {

    @Test
    void aPromotionIsAddedChangedAndEnded() {
        String code = "IT-" + Shop.newKey().substring(0, 8).toUpperCase(Locale.ROOT);
        int book = Shop.newBook("Promoted by an administrator", "10.00", 100);
        String order = "{\"items\":[{\"bookId\":" + book + ",\"quantity\":1}],\"promoCode\":\"" + code + "\"}";

        create("{\"code\":\"" + code + "\",\"percentOff\":20,\"maxUsesPerCustomer\":1}")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", "/orders/v1/promotions/" + code)
                .body("validFrom", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        create("{\"code\":\"" + code + "\",\"percentOff\":30}")
                .then()
                .statusCode(409)
                .body("code", equalTo("promotion_exists"));
        Shop.placeOrder(User.CUSTOMER, order)
                .then()
                .statusCode(201)
                .body("discountTotal", equalTo(new BigDecimal("2.00")));
        Shop.placeOrder(User.CUSTOMER, order).then().statusCode(422).body("code", equalTo("promo_code_used_up"));
        update(code, "\"7\"", "{\"percentOff\":25}").then().statusCode(412);
        update(code, "\"1\"", "{\"percentOff\":25}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("uses", equalTo(1));
        Shop.placeOrder(User.CUSTOMER, order)
                .then()
                .statusCode(201)
                .body("discountTotal", equalTo(new BigDecimal("2.50")));
        update(
                        code,
                        "\"2\"",
                        "{\"percentOff\":25,\"validFrom\":\"2020-01-01T00:00:00Z\",\"validUntil\":\"2020-02-01T00:00:00Z\"}")
                .then()
                .statusCode(200);
        Shop.placeOrder(User.CUSTOMER, order).then().statusCode(422).body("code", equalTo("promo_code_invalid"));
        Shop.orders(User.ADMIN)
                .get("/promotions/{code}", code.toLowerCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");
        Shop.orders(User.ADMIN)
                .queryParam("limit", 100)
                .get("/promotions")
                .then()
                .statusCode(200)
                .body("items.code", hasItem(code));
        Shop.orders(User.ADMIN).get("/promotions/NO-SUCH").then().statusCode(404);
        Shop.orders(User.STAFF).get("/promotions").then().statusCode(403);
    }

    @Test
    void quantityDiscountsApplyFromTheNextOrder() {
        int book = Shop.newBook("Discounted by an administrator", "10.00", 1000);
        Response before = Shop.catalog().get("/quantity-discounts");
        before.then().statusCode(200);
        String tiers = before.asString();
        try {
            replace(before.header("ETag"), "{\"tiers\":[{\"copies\":3,\"percentOff\":50}]}")
                    .then()
                    .statusCode(200)
                    .body("tiers[0].copies", equalTo(3));
            replace(before.header("ETag"), "{\"tiers\":[]}").then().statusCode(412);
            Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 3))
                    .then()
                    .statusCode(201)
                    .body("discountTotal", equalTo(new BigDecimal("15.00")));
            replace("*", "{\"tiers\":[]}").then().statusCode(200);
            Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 100))
                    .then()
                    .statusCode(201)
                    .body("discountTotal", equalTo(new BigDecimal("0.00")));
        } finally {
            replace("*", tiers).then().statusCode(200);
        }
        replace("\"1\"", "{\"tiers\":[{\"copies\":0,\"percentOff\":50}]}")
                .then()
                .statusCode(400);
    }

    private static Response create(String promotion) {
        return Shop.orders(User.ADMIN)
                .contentType(ContentType.JSON)
                .body(promotion)
                .post("/promotions");
    }

    private static Response update(String code, String version, String promotion) {
        return Shop.orders(User.ADMIN)
                .contentType(ContentType.JSON)
                .header("If-Match", version)
                .body(promotion)
                .put("/promotions/{code}", code);
    }

    private static Response replace(String version, String tiers) {
        return Shop.orders(User.ADMIN)
                .contentType(ContentType.JSON)
                .header("If-Match", version)
                .body(tiers)
                .put("/quantity-discounts");
    }
}
