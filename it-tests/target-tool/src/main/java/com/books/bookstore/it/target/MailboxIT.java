package com.books.bookstore.it.target;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The emails of orders, in a mailbox where the customer of a deployment would find them. */
@Tag(TargetTag.MAILBOX)
@ExtendWith(BookstoreSystem.class)
class MailboxIT {

    /** The outbox is looked through every few seconds; mail servers take their time. */
    private static final int PATIENCE_MINUTES = 5;

    @Test
    void theCustomerIsMailedWhatBecameOfAnOrder() {
        String id = "it-" + Shop.newKey();
        int book = Shop.newBook("Mailed", "4.00", 3);
        int order = Shop.orders(User.CUSTOMER)
                .header("X-Correlation-ID", id)
                .header("Idempotency-Key", Shop.newKey())
                .contentType(ContentType.JSON)
                .body(Shop.lines(book, 1))
                .post("/orders")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("orderId");
        Shop.orders(User.STAFF)
                .header("X-Correlation-ID", id)
                .post("/orders/{id}/complete", order)
                .then()
                .statusCode(200);

        assertThat(oneMail(id, "Your order " + order + " at books.com")).containsKey("Message-ID");
        oneMail(id, "Your order " + order + " at books.com is completed");
    }

    /** The number of the order is not enough: a mailbox that was used before may have emails about another order of this number. */
    private static Map<String, String> oneMail(String correlationId, String subject) {
        TargetMailbox mailbox = TargetMailbox.of(TargetSystem.required().settings());
        return await().atMost(PATIENCE_MINUTES, MINUTES)
                .pollInterval(2, SECONDS)
                .until(
                        () -> mailbox.headersOf(User.CUSTOMER.email(), subject).stream()
                                .filter(headers -> correlationId.equals(headers.get("X-Correlation-ID")))
                                .toList(),
                        mails -> mails.size() == 1)
                .get(0);
    }
}
