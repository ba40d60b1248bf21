package com.books.bookstore.identity.registration.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.registration.Registration;
import com.books.bookstore.identity.registration.RegistrationSettings;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopTransportTest {

    private static final Registration ANNA =
            new Registration("r-1", "PRIMARY", "anna@example.com", "anna@example.com", "Anna \u0007\t<b>");
    private static final OutgoingMail APPROVAL =
            new OutgoingMail(MailKind.APPROVED, "anna@example.com", ANNA, null, "carbon.super", "c-1");

    /** One request as the shop got it. */
    private static final class Handed {
        private final String token;
        private final String key;
        private final String correlationId;
        private final JsonObject body;

        private Handed(HttpExchange exchange) throws IOException {
            token = exchange.getRequestHeaders().getFirst("Authorization");
            key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            correlationId = exchange.getRequestHeaders().getFirst("X-Correlation-ID");
            body = JsonParser.parseString(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private final List<String> tokenRequests = new ArrayList<>();
    private final List<Handed> handed = new ArrayList<>();
    /** The next answers of the shop: 202 when there are none. */
    private final Deque<Integer> statuses = new ArrayDeque<>();

    private String problem = "{}";
    private String tokenAnswer = "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":900}";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/oauth2/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            tokenRequests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + form);
            answer(exchange, 200, String.format(tokenAnswer, tokenRequests.size()));
        });
        server.createContext(ShopTransport.PATH, exchange -> {
            handed.add(new Handed(exchange));
            answer(exchange, statuses.isEmpty() ? 202 : statuses.remove(), problem);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ShopTransport transport(MailComposer composer) {
        String address = "http://localhost:" + server.getAddress().getPort();
        Properties properties = new Properties();
        properties.setProperty(RegistrationSettings.MAIL_CHANNEL, "shop");
        properties.setProperty(RegistrationSettings.SHOP_API_URL, address + "/");
        properties.setProperty(RegistrationSettings.SHOP_TOKEN_URL, address + "/oauth2/token");
        properties.setProperty(RegistrationSettings.SHOP_CLIENT_SECRET, "se:cret");
        return new ShopTransport(RegistrationSettings.from(properties), composer, Clock.systemUTC());
    }

    private ShopTransport transport() {
        return transport(new MailComposer(null, "https://shop.example"));
    }

    @Test
    void anEmailIsHandedOverWithATokenOfItsOwnScope() throws Exception {
        transport().send(APPROVAL);

        // bookstore-emails:se%3Acret
        assertThat(tokenRequests)
                .containsExactly("Basic Ym9va3N0b3JlLWVtYWlsczpzZSUzQWNyZXQ="
                        + " grant_type=client_credentials&scope=mails%3Asubmit");
        assertThat(handed).hasSize(1);
        Handed email = handed.get(0);
        assertThat(email.token).isEqualTo("Bearer token-1");
        assertThat(email.key).isEqualTo(APPROVAL.id());
        assertThat(email.correlationId).isEqualTo("c-1");
        assertThat(email.body.get("kind").getAsString()).isEqualTo("registration_approved");
        assertThat(email.body.get("recipient").getAsString()).isEqualTo("anna@example.com");
        assertThat(email.body.get("subject").getAsString()).isEqualTo("Welcome to books.com");
        assertThat(email.body.get("text").getAsString()).startsWith("Dear Anna   <b>,\n");
        assertThat(email.body.get("html").getAsString()).contains("Dear Anna   &lt;b&gt;,");
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void everyKindHasAnotherNameInTheShop(MailKind kind) throws Exception {
        transport().send(new OutgoingMail(kind, "a@example.com", ANNA, null, "carbon.super", null));

        assertThat(handed.get(0).body.get("kind").getAsString()).startsWith("registration_");
        assertThat(handed.get(0).correlationId).isNull();
    }

    @Test
    void aTokenIsUsedForSeveralEmailsAndAnotherOneIsFetchedWhenItIsRefused() throws Exception {
        ShopTransport transport = transport();
        transport.send(APPROVAL);
        transport.send(APPROVAL);
        statuses.add(401);
        transport.send(APPROVAL);

        assertThat(handed)
                .extracting(email -> email.token)
                .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2");
        assertThat(handed).extracting(email -> email.key).containsOnly(APPROVAL.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 429, 500, 503, 302})
    void anotherAttemptFollowsAnAnswerThatMayChange(int status) {
        statuses.addAll(List.of(status, status));

        assertThatThrownBy(() -> transport().send(APPROVAL))
                .isInstanceOfSatisfying(
                        MailNotSentException.class,
                        failure -> assertThat(failure.isForGood()).isFalse())
                .hasMessageContaining("status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRefusedEmailIsNotTriedAgainAndNobodyIsNamed(int status) {
        statuses.add(status);
        problem = "{\"code\":\"invalid_request\",\"detail\":\"anna@example.com is wrong\"}";

        assertThatThrownBy(() -> transport().send(APPROVAL))
                .isInstanceOfSatisfying(
                        MailNotSentException.class,
                        failure -> assertThat(failure.isForGood()).isTrue())
                .hasMessageEndingWith("returned status " + status + " (invalid_request)")
                .hasMessageNotContaining("anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "no JSON", "[]", "{\"access_token\":{}}", "{\"access_token\":\"a\\nb\"}"})
    void withoutATokenNothingIsHandedOver(String answer) {
        tokenAnswer = answer;

        assertThatThrownBy(() -> transport().send(APPROVAL))
                .isInstanceOf(MailNotSentException.class)
                .hasMessageContaining("no access token")
                .hasMessageNotContaining("se:cret");
        assertThat(handed).isEmpty();
    }

    @Test
    void aShopThatIsDownIsNamedWithoutTheEmail() throws Exception {
        ShopTransport transport = transport();
        transport.send(APPROVAL);
        server.stop(0);

        assertThatThrownBy(() -> transport.send(APPROVAL))
                .isInstanceOfSatisfying(
                        MailNotSentException.class,
                        failure -> assertThat(failure.isForGood()).isFalse())
                .hasMessageContaining("localhost")
                .hasMessageNotContaining("anna");
    }

    @Test
    void aTemplateWithoutTextPartIsHandedOverWithoutOne(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("approved.html"), "Hello\n<p>Hi {{userName}}</p>");

        transport(new MailComposer(directory, "")).send(APPROVAL);

        assertThat(handed.get(0).body.has("text")).isFalse();
    }

    /** The longest delivery asks four times. */
    @Test
    void aDeliveryEndsBeforeItsLease() {
        assertThat(ShopTransport.CONNECT_TIMEOUT.plus(ShopTransport.TIMEOUT).multipliedBy(4))
                .isLessThan(MailOutbox.LEASE);
    }
}
