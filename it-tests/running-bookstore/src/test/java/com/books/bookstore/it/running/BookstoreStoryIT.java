package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.it.support.ShopClient;
import com.books.bookstore.signin.SignInException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a new user does with the running bookstore: {@code ./bookstore up} in a process of its own, everything else over HTTP. */
@Order(6)
@ExtendWith(SharedBookstore.class)
class BookstoreStoryIT {

    private static final String PASSWORD = ShopClient.PASSWORD;

    private final ShopClient shop = SharedBookstore.shop();

    /** The email of the address comes from Micro Integrator, that of the registration from the identity server. */
    @Test
    void anAddressIsProvedByTheLinkOfAnEmail() throws Exception {
        String email = ShopClient.newEmail();
        assertThat(shop.requestRegistration(email).status()).isEqualTo(202);

        String text = await(email, "Confirm your email address at books.com")
                .get("text")
                .asText();
        String link = text.lines()
                .filter(line -> line.contains("#token="))
                .findFirst()
                .orElseThrow();
        assertThat(link).startsWith(SharedBookstore.bookstore().address("shop") + "/register/confirm#token=");
        assertThat(shop.confirm(link.substring(link.indexOf('=') + 1)).status()).isEqualTo(202);
        await(email, "We have received your registration at books.com");
    }

    @Test
    void theEmailToAWaitingApplicantSaysSo() throws Exception {
        String email = ShopClient.newEmail();
        assertThat(shop.register(email).status()).isEqualTo(202);
        assertThat(shop.requestRegistration(email).status()).isEqualTo(202);

        await(email, "Your registration at books.com is waiting");
    }

    private JsonNode await(String recipient, String subject) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> shop.email(recipient, subject), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void whoRegistersOrdersOnceAnAdministratorApproved() throws Exception {
        String email = ShopClient.newEmail();
        ShopClient.Answer registered = shop.register(email);
        assertThat(registered.status()).isEqualTo(202);
        assertThat(shop.get(registered.json().get("statusUrl").asText(), null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("pending");
        assertThatThrownBy(() -> shop.token(email, PASSWORD)).isInstanceOf(SignInException.class);

        ShopClient.Answer decided = shop.decide(shop.demoToken("admin"), email, "approve", null);
        assertThat(decided.status()).isEqualTo(200);
        assertThat(shop.get(registered.json().get("statusUrl").asText(), null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("approved");

        String customer = shop.token(email, PASSWORD);
        ShopClient.Answer order = shop.order(customer);
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.json().get("userEmail").asText()).isEqualTo(email);
        assertThat(order.json().get("status").asText()).isEqualTo("pending");

        String path = "/orders/v1/orders/" + order.json().get("orderId").asInt();
        assertThat(shop.post(path + "/complete", customer, null).status()).isEqualTo(403);
        assertThat(shop.post(path + "/complete", shop.demoToken("staff"), null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("completed");

        replaceForgottenPassword(email);
    }

    private void replaceForgottenPassword(String email) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        URI page =
                SharedBookstore.bookstore().address("sign-in").resolve("/accountrecoveryendpoint/recoverpassword.do");

        assertThat(submit(browser, page, page, "username=" + encoded(email))).contains("Check your email");
        URI link = URI.create(await(email, "Choose a new password at books.com")
                .get("text")
                .asText()
                .lines()
                .filter(line -> line.contains("confirmation="))
                .findFirst()
                .orElseThrow());
        String passwords = "&password=" + encoded("Looking-glass-9") + "&repeated=" + encoded("Looking-glass-9");
        assertThat(submit(browser, link, link.resolve(link.getPath()), link.getQuery() + passwords))
                .contains("Your password was changed");

        assertThat(shop.token(email, "Looking-glass-9")).isNotEmpty();
        assertThatThrownBy(() -> shop.token(email, PASSWORD)).isInstanceOf(SignInException.class);
    }

    /** Sends the form of a page. */
    private static String submit(HttpClient browser, URI page, URI target, String form) throws Exception {
        String html = browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(html);
        assertThat(csrf.find()).as(html).isTrue();
        return browser.send(
                        HttpRequest.newBuilder(target)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "_csrf=" + encoded(csrf.group(1)) + "&" + form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whoIsRejectedCannotSignInAndMayRegisterAgain() throws Exception {
        String email = ShopClient.newEmail();
        ShopClient.Answer registered = shop.register(email);
        assertThat(registered.status()).isEqualTo(202);
        assertThat(shop.requestRegistration(email).status()).isEqualTo(202);
        assertThat(shop.register(email).status()).isEqualTo(409);
        assertThat(shop.decide(shop.demoToken("admin"), email, "reject", "{\"reason\":\"We do not deliver there.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(shop.get(registered.json().get("statusUrl").asText(), null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("rejected");
        assertThatThrownBy(() -> shop.token(email, PASSWORD)).isInstanceOf(SignInException.class);
        assertThat(shop.register(email).status()).isEqualTo(202);
        // The address of the request that was rejected goes on to tell of that request.
        assertThat(shop.get(registered.json().get("statusUrl").asText(), null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("rejected");
    }

    @Test
    void theWorkflowComponentCountsWhatWaits() throws Exception {
        String email = ShopClient.newEmail();
        // The first answer after a start may take longer than the other figures wait for it.
        int before = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(this::waitingRegistrations, count -> count >= 0);
        shop.register(email);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waitingRegistrations() == before + 1);
        shop.decide(shop.demoToken("admin"), email, "approve", null);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waitingRegistrations() == before);
    }

    @Test
    void onlyAdministratorsDecide() throws Exception {
        String email = ShopClient.newEmail();
        shop.register(email);
        String approval = shop.approvalOf(shop.demoToken("admin"), email);
        for (String user : new String[] {"customer", "staff"}) {
            String token = shop.demoToken(user);
            assertThat(shop.get("/registrations/v1/registrations?status=pending", token)
                            .status())
                    .isEqualTo(403);
            assertThat(shop.post("/registrations/v1/registrations/" + approval + "/approve", token, null)
                            .status())
                    .isEqualTo(403);
        }
        assertThatThrownBy(() -> shop.token(email, PASSWORD)).isInstanceOf(SignInException.class);
    }

    @Test
    void rolesDecideWhatATokenMayDo() throws Exception {
        assertThat(shop.order(shop.demoToken("customer")).status()).isEqualTo(201);
        assertThat(shop.order(shop.demoToken("staff")).status()).isEqualTo(403);
        assertThat(shop.get("/orders/v1/orders", shop.demoToken("admin")).status())
                .isEqualTo(200);
        String book = "{\"title\":\"Of staff\",\"price\":1,\"stockQuantity\":1}";
        assertThat(shop.post("/inventory/v1/books", shop.demoToken("staff"), book)
                        .status())
                .isEqualTo(201);
        assertThat(shop.post("/inventory/v1/books", shop.demoToken("admin"), book)
                        .status())
                .isEqualTo(201);
        assertThat(shop.post("/inventory/v1/books", shop.demoToken("customer"), book)
                        .status())
                .isEqualTo(403);
    }

    /** As Prometheus reads it, at the port of the metrics. */
    private int waitingRegistrations() throws Exception {
        URI figures = URI.create(SharedBookstore.bookstore().address("metrics") + "/business");
        Matcher line = Pattern.compile("^bookstore_registrations_waiting (\\d+)$", Pattern.MULTILINE)
                .matcher(shop.at(figures, "Authorization", "Bearer " + RunningBookstore.METRICS_TOKEN)
                        .body());
        return line.find() ? Integer.parseInt(line.group(1)) : -1;
    }
}
