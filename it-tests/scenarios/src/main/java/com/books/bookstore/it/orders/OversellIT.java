package com.books.bookstore.it.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Parallel;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BookstoreSystem.class)
class OversellIT {

    @Test
    void fiftyBuyersOfTheLastCopiesGetExactlyTheStock() {
        int book = Shop.newBook("Last copies", "4.00", 20);
        List<Response> answers = Parallel.run(50, i -> Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 1)));
        assertThat(answers).extracting(Response::statusCode).containsOnly(201, 409);
        assertThat(answers)
                .extracting(Response::statusCode)
                .filteredOn(status -> status == 201)
                .hasSize(20);
        assertThat(Shop.stockOf(book)).isZero();
    }

    @Test
    void ordersOfTheSameBooksInAnyOrderNeitherDeadlockNorOversell() {
        int a = Shop.newBook("A", "4.00", 60);
        int b = Shop.newBook("B", "4.00", 60);
        int c = Shop.newBook("C", "4.00", 60);
        int[][] orders = {{a, 1, b, 1, c, 1}, {c, 1, b, 1, a, 1}, {b, 1, c, 1, a, 1}, {b, 1, a, 1}, {c, 1, a, 1}};
        List<Response> answers =
                Parallel.run(50, i -> Shop.placeOrder(User.CUSTOMER, Shop.lines(orders[i % orders.length])));
        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(List.of(Shop.stockOf(a), Shop.stockOf(b), Shop.stockOf(c))).containsExactly(10, 20, 20);
    }

    @Test
    void ofManyWhoCancelAndCompleteTheSameOrderOneSucceeds() {
        int book = Shop.newBook("Contended order", "4.00", 10);
        int order = Shop.order(User.CUSTOMER, book, 3);
        List<Response> answers = Parallel.run(
                16, i -> Shop.orders(User.STAFF).post("/orders/{id}/" + (i % 2 == 0 ? "cancel" : "complete"), order));
        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 409);
        assertThat(answers)
                .extracting(Response::statusCode)
                .filteredOn(status -> status == 200)
                .hasSize(1);
        String status =
                Shop.orders(User.STAFF).get("/orders/{id}", order).jsonPath().getString("status");
        assertThat(Shop.stockOf(book)).isEqualTo(status.equals("cancelled") ? 10 : 7);
    }
}
