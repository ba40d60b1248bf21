package com.books.bookstore.benchmark.springboot;

import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderRequest;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders of signed-in customers. Thread-safe. */
@RestController
class OrderController {

    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

    record Item(int bookId, int quantity) {}

    record Body(List<Item> items) {}

    @PostMapping("/orders/v1/orders")
    ResponseEntity<String> place(
            @AuthenticationPrincipal Jwt token, @RequestHeader("Idempotency-Key") String key, @RequestBody Body body) {
        OrderRequest request = OrderRequest.merging(
                body.items().stream()
                        .map(item -> new OrderLine(item.bookId(), item.quantity()))
                        .toList(),
                null);
        OrderService.Customer customer = new OrderService.Customer(token.getSubject(), token.getClaimAsString("email"));
        try {
            return answer(orders.place(customer, key, request));
        } catch (DuplicateKeyException e) {
            // The same request at the same moment was faster.
            return answer(orders.place(customer, key, request));
        }
    }

    private static ResponseEntity<String> answer(OrderService.Outcome outcome) {
        return ResponseEntity.status(outcome.refused() ? HttpStatus.CONFLICT : HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(outcome.document());
    }
}
