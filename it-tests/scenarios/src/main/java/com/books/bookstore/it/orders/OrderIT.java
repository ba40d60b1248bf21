package com.books.bookstore.it.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreSystem.class)
class OrderIT {

    @Test
    void aQuoteIsPricedAndMakesNoOrder() {
        int book = Shop.newBook("Quoted", "19.99", 10);
        int before = total(User.CUSTOMER);
        quote(Shop.lines(book, 5))
                .then()
                .statusCode(200)
                .body("currency", equalTo("USD"))
                .body("items", hasSize(1))
                .body("items[0].unitPrice", equalTo(new BigDecimal("19.99")))
                .body("items[0].discount", equalTo(new BigDecimal("5.00")))
                .body("items[0].lineTotal", equalTo(new BigDecimal("94.95")))
                .body("items[0].inStock", equalTo(true))
                .body("subtotal", equalTo(new BigDecimal("99.95")))
                .body("discountTotal", equalTo(new BigDecimal("5.00")))
                .body("totalAmount", equalTo(new BigDecimal("94.95")))
                .body("promoCode", nullValue());
        assertThat(Shop.stockOf(book)).isEqualTo(10);
        assertThat(total(User.CUSTOMER)).isEqualTo(before);
    }

    @Test
    void membersThatAreNotReadChangeNothing() {
        int book = Shop.newBook("Wide", "5.00", 10);
        String wide =
                IntStream.range(0, 2400).mapToObj(i -> ",\"x" + i + "\":1").collect(Collectors.joining());
        String items = "{\"items\":[{\"bookId\":" + book + ".0,\"quantity\":1e0}]";

        Shop.placeOrder(User.CUSTOMER, items + wide + "}").then().statusCode(201);
        Shop.placeOrder(User.CUSTOMER, items + ",\"x\":" + "[".repeat(15) + "]".repeat(15) + "}")
                .then()
                .statusCode(201);
        Shop.placeOrder(User.CUSTOMER, items + ",\"x\":" + "[".repeat(32) + "]".repeat(32) + "}")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        Shop.placeOrder(User.CUSTOMER, items + ",\"x\":[" + "1,".repeat(10_000) + "1]}")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        assertThat(Shop.stockOf(book)).isEqualTo(8);
    }

    @Test
    void aQuoteSaysWhatIsNotInStock() {
        int book = Shop.newBook("Rare", "5.00", 1);
        quote(Shop.lines(book, 2)).then().statusCode(200).body("items[0].inStock", equalTo(false));
    }

    @Test
    void aPromotionCodeTakesItsShareOfWhatTheTierLeft() {
        int book = Shop.newBook("Promoted", "10.00", 10);
        quote("{\"items\":[{\"bookId\":" + book + ",\"quantity\":5}],\"promoCode\":\"welcome10\"}")
                .then()
                .statusCode(200)
                .body("items[0].discount", equalTo(new BigDecimal("7.25")))
                .body("totalAmount", equalTo(new BigDecimal("42.75")))
                .body("promoCode", equalTo("WELCOME10"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a0WELCOME10\u00a0",
                "\u200bwelcome10\u200d",
                "\ufeffWelcome10 ",
                "\u3000WELCOME10\u2060\u00ad"
            })
    void aPromotionCodeIsTrimmedOfWhatIsNotSeen(String code) {
        int book = Shop.newBook("Pasted", "10.00", 10);
        String body = "{\"items\":[{\"bookId\":" + book + ",\"quantity\":1}],\"promoCode\":\"" + code + "\"}";
        quote(body).then().statusCode(200).body("promoCode", equalTo("WELCOME10"));
        Shop.placeOrder(User.CUSTOMER, body).then().statusCode(201).body("promoCode", equalTo("WELCOME10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b\ufeff"})
    void aPromotionCodeThatShowsNothingIsNone(String code) {
        int book = Shop.newBook("Without code", "10.00", 10);
        quote("{\"items\":[{\"bookId\":" + book + ",\"quantity\":1}],\"promoCode\":\"" + code + "\"}")
                .then()
                .statusCode(200)
                .body("promoCode", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO-SUCH-CODE", "SUMMER2020", "50%", "two words", "ÄPFEL", "WELCOME\u200b10"})
    void aCodeThatIsUnknownOrExpiredIsRefused(String code) {
        int book = Shop.newBook("Not promoted", "10.00", 10);
        String body = "{\"items\":[{\"bookId\":" + book + ",\"quantity\":1}],\"promoCode\":\"" + code + "\"}";
        quote(body).then().statusCode(422).body("code", equalTo("promo_code_invalid"));
        Shop.placeOrder(User.CUSTOMER, body).then().statusCode(422).body("code", equalTo("promo_code_invalid"));
    }

    @Test
    void aPlacedOrderIsPendingAndTakesItsStock() {
        int cheap = Shop.newBook("Cheap", "3.33", 10);
        int dear = Shop.newBook("Dear", "100.00", 4);
        Response placed = Shop.placeOrder(User.CUSTOMER, Shop.lines(dear, 1, cheap, 3));
        placed.then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .body("status", equalTo("pending"))
                .body("userEmail", equalTo(User.CUSTOMER.email()))
                .body("orderDate", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
                .body("items.bookId", contains(cheap, dear))
                .body("items.title", contains("Cheap", "Dear"))
                .body("items.lineTotal", contains(new BigDecimal("9.99"), new BigDecimal("100.00")))
                .body("subtotal", equalTo(new BigDecimal("109.99")))
                .body("totalAmount", equalTo(new BigDecimal("109.99")));
        int order = placed.jsonPath().getInt("orderId");
        placed.then().header("Location", endsWith("/orders/v1/orders/" + order));
        assertThat(Shop.stockOf(cheap)).isEqualTo(7);
        assertThat(Shop.stockOf(dear)).isEqualTo(3);
        JsonPath read = Shop.orders(User.CUSTOMER)
                .get("/orders/{id}", order)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat((Object) read.get("$")).isEqualTo(placed.jsonPath().get("$"));
    }

    @Test
    void linesOfTheSameBookAreMerged() {
        int book = Shop.newBook("Merged", "2.00", 10);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 2, book, 3))
                .then()
                .statusCode(201)
                .body("items", hasSize(1))
                .body("items[0].quantity", equalTo(5));
        assertThat(Shop.stockOf(book)).isEqualTo(5);
    }

    @Test
    void theOrderKeepsThePriceAndTitleItWasSoldAt() {
        int book = Shop.newBook("As sold", "10.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 1);
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"title\":\"Renamed\",\"price\":99}")
                .put("/books/{id}", book)
                .then()
                .statusCode(200);
        Shop.orders(User.CUSTOMER)
                .get("/orders/{id}", order)
                .then()
                .statusCode(200)
                .body("items[0].title", equalTo("As sold"))
                .body("items[0].unitPrice", equalTo(new BigDecimal("10.00")));
    }

    @Test
    void everyShortLineIsNamedAndNothingIsTaken() {
        int enough = Shop.newBook("Enough", "1.00", 10);
        int few = Shop.newBook("Few", "1.00", 2);
        int none = Shop.newBook("None", "1.00", 0);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(enough, 5, few, 3, none, 1))
                .then()
                .statusCode(409)
                .body("code", equalTo("out_of_stock"))
                .body("shortages.bookId", contains(few, none))
                .body("shortages.requested", contains(3, 1))
                .body("shortages.available", contains(2, 0))
                .body("shortages.title", contains("Few", "None"));
        assertThat(Shop.stockOf(enough)).isEqualTo(10);
        assertThat(Shop.stockOf(few)).isEqualTo(2);
    }

    @Test
    void everyUnknownBookIsNamed() {
        int book = Shop.newBook("Known", "1.00", 10);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(2147483646, 1, book, 1, 2147483647, 1))
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown_book"))
                .body("unknownBooks", contains(2147483646, 2147483647));
        assertThat(Shop.stockOf(book)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|items",
                "{\"items\":[]}|items",
                "{\"items\":{}}|items",
                "{\"items\":\"x\"}|items",
                "{\"items\":[1]}|items[0]",
                "{\"items\":[{\"quantity\":1}]}|items[0].bookId",
                "{\"items\":[{\"bookId\":\"1\",\"quantity\":1}]}|items[0].bookId",
                "{\"items\":[{\"bookId\":0,\"quantity\":1}]}|items[0].bookId",
                "{\"items\":[{\"bookId\":1}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":0}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":-1}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":1.5}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":\"2\"}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":1000}]}|items[0].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":1},{\"bookId\":2,\"quantity\":null}]}|items[1].quantity",
                "{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":5}|promoCode"
            })
    void aWrongFieldIsNamed(String body, String field) {
        Shop.placeOrder(User.CUSTOMER, body)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void mergedQuantitiesMustFitToo() {
        int book = Shop.newBook("Bulk", "1.00", 5000);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 999, book, 1))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 999)).then().statusCode(201);
    }

    @Test
    void ordersHaveAtMostOneHundredBooks() {
        String tooMany = IntStream.rangeClosed(1, 101)
                .mapToObj(id -> "{\"bookId\":" + id + ",\"quantity\":1}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        Shop.placeOrder(User.CUSTOMER, tooMany).then().statusCode(400).body("errors.field", contains("items"));
    }

    @Test
    void anOrderOfOneHundredBooksIsPlaced() {
        int first = Shop.newBook("Many", "1.00", 5);
        int[] lines = new int[200];
        for (int i = 0; i < 100; i++) {
            lines[2 * i] = i == 0 ? first : Shop.newBook("Many", "1.00", 5);
            lines[2 * i + 1] = 2;
        }
        Shop.placeOrder(User.CUSTOMER, Shop.lines(lines))
                .then()
                .statusCode(201)
                .body("items", hasSize(100))
                .body("totalAmount", equalTo(new BigDecimal("200.00")));
        assertThat(Shop.stockOf(first)).isEqualTo(3);
    }

    @Test
    void aTotalThatDoesNotFitIsRefused() {
        int book = Shop.newBook("Priceless", "99999999.99", 5);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 2))
                .then()
                .statusCode(422)
                .body("code", equalTo("total_too_large"));
        assertThat(Shop.stockOf(book)).isEqualTo(5);
    }

    @Test
    void customersSeeTheirOwnOrdersAndNoOthers() {
        int book = Shop.newBook("Private", "1.00", 10);
        int mine = Shop.order(User.CUSTOMER, book, 1);
        int theirs = Shop.order(User.OTHER_CUSTOMER, book, 1);
        Shop.orders(User.CUSTOMER)
                .get("/orders/{id}", theirs)
                .then()
                .statusCode(404)
                .body("code", equalTo("order_not_found"));
        Shop.orders(User.CUSTOMER).get("/orders/{id}/payment", theirs).then().statusCode(404);
        Shop.orders(User.CUSTOMER).post("/orders/{id}/cancel", theirs).then().statusCode(404);
        Shop.orders(User.CUSTOMER)
                .queryParam("limit", 100)
                .get("/orders")
                .then()
                .statusCode(200)
                .body("items.orderId", hasItem(mine))
                .body("items.orderId", not(hasItem(theirs)))
                .body("items.userEmail", everyItem(equalTo(User.CUSTOMER.email())));
    }

    @ParameterizedTest
    @EnumSource(
            value = User.class,
            names = {"STAFF", "ADMIN"})
    void staffAndAdministratorsSeeAllOrders(User user) {
        int book = Shop.newBook("Seen", "1.00", 10);
        int one = Shop.order(User.CUSTOMER, book, 1);
        int other = Shop.order(User.OTHER_CUSTOMER, book, 1);
        Shop.orders(user)
                .queryParam("limit", 2)
                .get("/orders")
                .then()
                .statusCode(200)
                .body("items.orderId", contains(other, one))
                .body("total", greaterThan(1));
        Shop.orders(user)
                .get("/orders/{id}", other)
                .then()
                .statusCode(200)
                .body("userEmail", equalTo(User.OTHER_CUSTOMER.email()));
    }

    @Test
    void anOrderKeepsItsDeliveryAddressAndTheNextOneCanUseIt() {
        int book = Shop.newBook("Delivered", "1.00", 10);
        String key = Shop.newKey();
        String address =
                "{\"name\":\"Jane Reader \",\"lines\":[\"1 Main Street\"],\"city\":\"Rome\",\"country\":\"IT\"}";
        String order = "{\"items\":[{\"bookId\":" + book + ",\"quantity\":1}],\"deliveryAddress\":%s}";

        Response placed = Shop.placeOrder(User.CUSTOMER, key, order.formatted(address));
        placed.then()
                .statusCode(201)
                .body("deliveryAddress.name", equalTo("Jane Reader"))
                .body("deliveryAddress.lines", contains("1 Main Street"))
                .body("deliveryAddress.postalCode", nullValue());
        Shop.placeOrder(User.CUSTOMER, key, order.formatted(address.replace("Rome", "Pisa")))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
        Shop.placeOrder(User.CUSTOMER, order.formatted(address.replace("IT", "XX")))
                .then()
                .statusCode(400)
                .body("errors.field", contains("deliveryAddress.country"));
        Shop.orders(User.STAFF)
                .get("/orders/{id}", placed.<Integer>path("orderId"))
                .then()
                .statusCode(200)
                .body("deliveryAddress.city", equalTo("Rome"));
        Shop.order(User.CUSTOMER, book, 1);
        Shop.orders(User.CUSTOMER)
                .get("/delivery-address")
                .then()
                .statusCode(200)
                .body("rule", equalTo("optional"))
                .body("address.city", equalTo("Rome"));
        Shop.orders(User.STAFF).get("/delivery-address").then().statusCode(403);
    }

    @Test
    void ordersAreFilteredByStatus() {
        int book = Shop.newBook("Filtered", "1.00", 10);
        int pending = Shop.order(User.CUSTOMER, book, 1);
        int completed = Shop.order(User.CUSTOMER, book, 1);
        Shop.orders(User.STAFF).post("/orders/{id}/complete", completed).then().statusCode(200);
        Shop.orders(User.CUSTOMER)
                .queryParam("status", "completed")
                .get("/orders")
                .then()
                .statusCode(200)
                .body("items.orderId", hasItem(completed))
                .body("items.orderId", not(hasItem(pending)))
                .body("items.status", everyItem(equalTo("completed")));
        Shop.orders(User.CUSTOMER)
                .queryParam("status", "lost")
                .get("/orders")
                .then()
                .statusCode(400)
                .body("errors.field", contains("status"));
    }

    @Test
    void aCompletedOrderIsTakenBackAndItsHistorySaysWhoDidWhat() {
        int book = Shop.newBook("Returned", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 2);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/return", order)
                .then()
                .statusCode(409)
                .body("code", equalTo("order_not_completed"))
                .body("orderStatus", equalTo("pending"));
        Shop.orders(User.STAFF).post("/orders/{id}/complete", order).then().statusCode(200);
        Shop.orders(User.STAFF)
                .contentType(ContentType.JSON)
                .body("{\"note\":\"Brought back to the shop\"}")
                .post("/orders/{id}/notes", order)
                .then()
                .statusCode(201)
                .body("event", equalTo("noted"));
        Shop.orders(User.STAFF)
                .post("/orders/{id}/return", order)
                .then()
                .statusCode(200)
                .body("status", equalTo("returned"));
        payment(order).then().body("status", equalTo("returned"));
        assertThat(Shop.stockOf(book)).isEqualTo(10);
        Shop.orders(User.ADMIN)
                .get("/orders/{id}/history", order)
                .then()
                .statusCode(200)
                .body("items.event", contains("placed", "completed", "noted", "returned"))
                .body("items[2].note", equalTo("Brought back to the shop"))
                .body("items[3].actor", equalTo(User.STAFF.email()));
        Shop.orders(User.STAFF)
                .get("/orders/{id}/history", 2147483647)
                .then()
                .statusCode(404)
                .body("code", equalTo("order_not_found"));
    }

    @Test
    @NotBehindGateway
    void customersNeitherReadHistoriesNorReturnOrders() {
        int order = Shop.order(User.CUSTOMER, Shop.newBook("Kept", "4.00", 10), 1);
        Shop.orders(User.CUSTOMER).get("/orders/{id}/history", order).then().statusCode(403);
        Shop.orders(User.CUSTOMER).post("/orders/{id}/return", order).then().statusCode(403);
        Shop.orders(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .body("{\"note\":\"x\"}")
                .post("/orders/{id}/notes", order)
                .then()
                .statusCode(403);
    }

    @Test
    void staffFindOrdersByNumberCustomerBookAndDay() {
        String title = "Sought " + Shop.newKey();
        int book = Shop.newBook(title, "1.00", 10);
        int first = Shop.order(User.CUSTOMER, book, 1);
        int second = Shop.order(User.OTHER_CUSTOMER, book, 1);
        Shop.orders(User.STAFF)
                .queryParam("book", title.substring(2).toLowerCase(Locale.ROOT))
                .queryParam("order", "asc")
                .get("/orders")
                .then()
                .statusCode(200)
                .body("items.orderId", contains(first, second))
                .body("total", equalTo(2));
        Shop.orders(User.STAFF)
                .queryParam("book", title)
                .queryParam("customer", User.OTHER_CUSTOMER.email().substring(1))
                .get("/orders")
                .then()
                .body("items.orderId", contains(second));
        Shop.orders(User.STAFF)
                .queryParam("orderId", first)
                .get("/orders")
                .then()
                .body("items.orderId", contains(first));
        Shop.orders(User.STAFF)
                .queryParam("book", title)
                .queryParam("to", "2020-01-01")
                .get("/orders")
                .then()
                .body("total", equalTo(0));
        Shop.orders(User.STAFF)
                .queryParam("userEmail", User.CUSTOMER.email())
                .get("/orders")
                .then()
                .statusCode(400)
                .body("errors.field", contains("userEmail"));
    }

    @Test
    void aCompletedOrderIsCompletedWithItsPayment() {
        int book = Shop.newBook("Completed", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 2);
        payment(order)
                .then()
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("amount", equalTo(new BigDecimal("8.00")));
        Shop.orders(User.STAFF)
                .post("/orders/{id}/complete", order)
                .then()
                .statusCode(200)
                .body("orderId", equalTo(order))
                .body("status", equalTo("completed"));
        payment(order).then().statusCode(200).body("status", equalTo("completed"));
        assertThat(Shop.stockOf(book)).isEqualTo(8);
    }

    @Test
    void aCancelledOrderReturnsItsStock() {
        int book = Shop.newBook("Cancelled", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 4);
        assertThat(Shop.stockOf(book)).isEqualTo(6);
        Shop.orders(User.CUSTOMER)
                .post("/orders/{id}/cancel", order)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"));
        assertThat(Shop.stockOf(book)).isEqualTo(10);
        payment(order).then().statusCode(200).body("status", equalTo("cancelled"));
    }

    @Test
    void staffCancelAnOrderOfAnyCustomer() {
        int book = Shop.newBook("Cancelled by staff", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 4);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/cancel", order)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"));
        assertThat(Shop.stockOf(book)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "complete,complete,completed",
        "complete,cancel,completed",
        "cancel,complete,cancelled",
        "cancel,cancel,cancelled"
    })
    void whatIsNoLongerPendingStaysAsItIs(String first, String second, String status) {
        int book = Shop.newBook("Decided", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 4);
        Shop.orders(User.STAFF).post("/orders/{id}/" + first, order).then().statusCode(200);
        int stock = Shop.stockOf(book);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/" + second, order)
                .then()
                .statusCode(409)
                .body("code", equalTo("order_not_pending"))
                .body("orderStatus", equalTo(status));
        Shop.orders(User.CUSTOMER).get("/orders/{id}", order).then().body("status", equalTo(status));
        assertThat(Shop.stockOf(book)).isEqualTo(stock);
    }

    @Test
    @NotBehindGateway
    void customersMayNotCompleteOrders() {
        int order = Shop.order(User.CUSTOMER, Shop.newBook("Mine", "4.00", 10), 1);
        Shop.orders(User.CUSTOMER)
                .post("/orders/{id}/complete", order)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
    }

    @Test
    @NotBehindGateway
    void staffDoNotOrder() {
        Shop.placeOrder(User.STAFF, Shop.lines(1, 1)).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({"2147483647,404", "0,404", "x,400"})
    void anOrderThatDoesNotExistIsNotFound(String id, int status) {
        Shop.orders(User.STAFF).get("/orders/{id}", id).then().statusCode(status);
        Shop.orders(User.STAFF).get("/orders/{id}/payment", id).then().statusCode(status);
        Shop.orders(User.STAFF).post("/orders/{id}/complete", id).then().statusCode(status);
        Shop.orders(User.STAFF).post("/orders/{id}/cancel", id).then().statusCode(status);
    }

    private static Response quote(String body) {
        return Shop.orders(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/quotes");
    }

    private static Response payment(int order) {
        return Shop.orders(User.CUSTOMER).get("/orders/{id}/payment", order);
    }

    private static int total(User user) {
        return Shop.orders(user)
                .get("/orders")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("total");
    }
}
