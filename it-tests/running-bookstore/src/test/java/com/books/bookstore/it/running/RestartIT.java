package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.ShopClient;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./bookstore up} on the data of an earlier run, with other settings. */
@Order(3)
@ExtendWith(SharedBookstore.class)
class RestartIT {

    private final ShopClient shop = SharedBookstore.shop();

    @Test
    void aRestartLosesNeitherOrdersNorWaitingRegistrations() throws Exception {
        String email = ShopClient.newEmail();
        assertThat(shop.register(email).status()).isEqualTo(202);
        int order = shop.order(shop.demoToken("customer")).json().get("orderId").asInt();

        SharedBookstore.bookstore().restart(Map.of("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", "10000/60"));

        assertThat(shop.get("/orders/v1/orders/" + order, shop.demoToken("customer"))
                        .status())
                .isEqualTo(200);
        assertThat(shop.decide(shop.demoToken("admin"), email, "approve", null).status())
                .isEqualTo(200);
        assertThat(shop.order(shop.token(email, ShopClient.PASSWORD)).status()).isEqualTo(201);
    }
}
