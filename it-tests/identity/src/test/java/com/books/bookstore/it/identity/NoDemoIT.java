package com.books.bookstore.it.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.kernel.TestKernel;
import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.it.support.ShopClient;
import com.books.bookstore.signin.SignInException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * {@code ./bookstore up --no-demo}: there is only the administrator, and nothing to buy before staff say so. First of all, so that
 * the bookstore is new.
 */
@Order(1)
class NoDemoIT {

    private static RunningBookstore bookstore;
    private static ShopClient shop;

    @BeforeAll
    static void up() throws Exception {
        bookstore = TestKernel.bookstore();
        shop = new ShopClient(bookstore);
    }

    private static String administrator() throws Exception {
        return shop.token("administrator", Files.readString(passwordFile()));
    }

    private static Path passwordFile() {
        return bookstore.dataDirectory().resolve("identity/first-administrator.password");
    }

    @Test
    void whoRegistersOrdersOnceTheAdministratorApproved() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile())))
                .isEqualTo("rw-------");
        String administrator = administrator();
        assertThat(shop.get("/catalog/v1/books", null).json().get("total").asInt())
                .isZero();
        assertThat(shop.post(
                                "/inventory/v1/books",
                                administrator,
                                "{\"title\":\"Dune\",\"price\":9.99,\"stockQuantity\":5}")
                        .status())
                .isEqualTo(201);

        String email = ShopClient.newEmail();
        assertThat(shop.register(email).status()).isEqualTo(202);
        assertThatThrownBy(() -> shop.token(email, ShopClient.PASSWORD)).isInstanceOf(SignInException.class);
        assertThat(shop.decide(administrator, email, "approve", null).status()).isEqualTo(200);

        String customer = shop.token(email, ShopClient.PASSWORD);
        ShopClient.Answer order = shop.order(customer);
        assertThat(order.status()).isEqualTo(201);
        assertThat(shop.post(
                                "/orders/v1/orders/"
                                        + order.json().get("orderId").asInt() + "/complete",
                                administrator,
                                null)
                        .status())
                .isEqualTo(200);
        ShopClient.Answer quote = shop.post(
                "/orders/v1/quotes",
                customer,
                "{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"WELCOME10\"}");
        assertThat(quote.json().get("code").asText()).isEqualTo("promo_code_invalid");
    }

    @Test
    void noPublicPasswordIsAcceptedAnywhere() throws Exception {
        URI me = URI.create(bookstore.address("scim") + "/Me");
        for (String user : new String[] {"customer", "reader", "staff", "admin", "administrator", "kernel-admin"}) {
            for (String password : new String[] {RunningBookstore.DEMO_PASSWORD, user, "admin"}) {
                assertThatThrownBy(() -> shop.token(user, password)).as(user).isInstanceOf(SignInException.class);
                String basic =
                        Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
                assertThat(shop.at(me, "Authorization", "Basic " + basic).status())
                        .as(user)
                        .isEqualTo(401);
            }
        }
    }
}
