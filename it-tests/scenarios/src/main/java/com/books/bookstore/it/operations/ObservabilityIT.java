package com.books.bookstore.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.StubIdentityServer;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of requests, and what stays secret. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class ObservabilityIT {

    private static final String HEADER = "X-Correlation-ID";

    @Test
    void theAccessLogNamesClientUserResourceAndStatus() {
        String id = "it-" + Shop.newKey();
        Shop.orders(User.CUSTOMER)
                .header(HEADER, id)
                .get("/orders/{id}", 2_000_000_000)
                .then()
                .statusCode(404);

        assertThat(BookstoreSystem.logs().accessOf(id))
                .singleElement()
                .asString()
                .contains("GET OrderAPI /orders/{orderId} 404 ")
                .contains("client=" + TestIdentityProvider.CLIENT + " user=" + User.CUSTOMER.subject() + " ");
    }

    @Test
    void whoIsRefusedIsNamedToo() {
        String id = "it-" + Shop.newKey();
        Shop.inventory(User.CUSTOMER)
                .header(HEADER, id)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/books")
                .then()
                .statusCode(403);

        assertThat(BookstoreSystem.logs().accessOf(id))
                .singleElement()
                .asString()
                .contains("POST InventoryAPI /books 403 ")
                .contains("user=" + User.CUSTOMER.subject() + " ");
    }

    @Test
    void strangersAndUnknownAddressesHaveLinesToo() {
        String id = "it-" + Shop.newKey();
        Shop.raw()
                .header(HEADER, id)
                .get("/catalog/v1/no/such/thing?token=secret")
                .then()
                .statusCode(404);
        assertThat(BookstoreSystem.logs().accessOf(id))
                .singleElement()
                .asString()
                .contains("GET CatalogAPI unmatched 404 ")
                .contains("client=none user=none")
                .doesNotContain("secret");
    }

    @Test
    void aCallersMistakeIsNoLineInTheLog() {
        String id = "it-" + Shop.newKey();
        Shop.catalog()
                .header(HEADER, id)
                .queryParam("limit", "x")
                .get("/books")
                .then()
                .statusCode(400);
        assertThat(BookstoreSystem.logs().of(id)).isEmpty();
    }

    @Test
    void requestsAreCountedByApiMethodResourceAndStatus() {
        double before = count("CatalogAPI", "GET", "/books/{bookId}", 404);
        for (int i = 0; i < 3; i++) {
            Shop.catalog().get("/books/{id}", 2_000_000_000 + i).then().statusCode(404);
        }
        assertThat(count("CatalogAPI", "GET", "/books/{bookId}", 404)).isEqualTo(before + 3);
    }

    @Test
    void theConnectionPoolAndTheJvmAreMeasured() {
        Shop.catalog().get("/books").then().statusCode(200);
        assertThat(BookstoreSystem.metrics())
                .contains("hikaricp_connections_active{pool=\"data-services-")
                .contains("hikaricp_connections_max{")
                .contains("jvm_memory_used_bytes{")
                .contains("process_cpu_usage");
    }

    @Test
    void secretsAreInNoLogAndNoAnswer() {
        String password = "Canary-Passw0rd-" + Shop.newKey();
        String email = "canary-" + Shop.newKey() + "@example.com";
        String forged = "canary-token-" + Shop.newKey();
        String token = BookstoreSystem.token(User.ADMIN);
        List<String> secrets = new ArrayList<>();
        StringBuilder answers = new StringBuilder();

        for (StubIdentityServer.Quirk quirk : StubIdentityServer.Quirk.values()) {
            String applicant = quirk.name().toLowerCase(Locale.ROOT) + "-" + email;
            BookstoreSystem.identityServer().behave(applicant, quirk);
            String confirmation = BookstoreSystem.confirmationToken(applicant);
            secrets.add(confirmation);
            answers.append(Shop.raw()
                    .header(
                            "X-Forwarded-For",
                            "198.51.100."
                                    + (100
                                            + List.of(StubIdentityServer.Quirk.values())
                                                    .indexOf(quirk)))
                    .contentType(ContentType.JSON)
                    .body(Map.of("token", confirmation, "password", password))
                    .post("/registrations/v1/confirmations")
                    .then()
                    .extract()
                    .asString());
        }
        answers.append(Shop.raw()
                .header("X-Forwarded-For", "198.51.100.99")
                .contentType(ContentType.JSON)
                .body("{\"email\": 7, \"password\": \"" + password + "\"")
                .post("/registrations/v1/registrations")
                .then()
                .extract()
                .asString());
        answers.append(Shop.raw()
                .header("Authorization", "Bearer " + forged)
                .get("/orders/v1/orders")
                .then()
                .statusCode(401)
                .extract()
                .asString());
        answers.append(Shop.raw()
                .header("Authorization", "Bearer " + token + "x")
                .get("/orders/v1/orders")
                .then()
                .statusCode(401)
                .extract()
                .asString());
        answers.append(Shop.raw()
                .header("Authorization", "Bearer " + token)
                .get("/registrations/v1/registrations")
                .then()
                .statusCode(200)
                .extract()
                .asString());

        String signature = token.substring(token.lastIndexOf('.'));
        secrets.addAll(List.of(
                password,
                forged,
                signature,
                StubIdentityServer.CLIENT_SECRET,
                StubIdentityServer.TOKEN_PREFIX,
                BookstoreSystem.REGISTRATION_SECRET,
                BookstoreSystem.METRICS_TOKEN));
        for (String secret : secrets) {
            assertThat(answers).doesNotContain(secret);
            assertThat(BookstoreSystem.logs().lines()).noneMatch(line -> line.contains(secret));
        }
    }

    private static double count(String api, String method, String resource, int status) {
        Matcher line = Pattern.compile("bookstore_http_requests_seconds_count\\{"
                        + Pattern.quote("api=\"" + api + "\",method=\"" + method + "\",resource=\"" + resource
                                + "\",status=\"" + status + "\"}")
                        + " (\\S+)")
                .matcher(BookstoreSystem.metrics());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }
}
