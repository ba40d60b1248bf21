package com.books.bookstore.it.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Parallel;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.StubIdentityServer;
import com.books.bookstore.it.support.StubIdentityServer.Quirk;
import com.books.bookstore.it.support.User;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@NeedsControl
@ExtendWith(BookstoreSystem.class)
class RegistrationIT {

    private static final String PASSWORD = "canary-Password-1420";
    private static final LogLines LOG = new LogLines();

    @BeforeAll
    static void listen() {
        LOG.start();
        root().addAppender(LOG);
    }

    /** Whatever happened in these tests, the log knows no password and no token. */
    @AfterAll
    static void theLogHoldsNoSecret() {
        root().detachAppender(LOG);
        assertThat(LOG.lines)
                .isNotEmpty()
                .noneMatch(line -> line.contains(PASSWORD)
                        || line.contains(StubIdentityServer.TOKEN_PREFIX)
                        || line.contains(StubIdentityServer.CLIENT_SECRET)
                        || line.contains("eyJ"));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY_202", "NULL_201"})
    void aRequestForAnAccountWaitsHoweverTheServerSaysSo(Quirk quirk) {
        String email = newEmail();
        identityServer().behave(email, quirk);

        Response response = register(email.toUpperCase(Locale.ROOT));

        String id = response.then()
                .statusCode(202)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", equalTo("no-store"))
                .body("status", equalTo("pending"))
                .extract()
                .path("registrationId");
        assertThat(response.header("Location"))
                .isEqualTo("/registrations/v1/registrations/" + id)
                .isEqualTo(response.path("statusUrl"));
        JsonNode arrived = identityServer().application(email);
        assertThat(arrived.path("password").asText()).isEqualTo(PASSWORD);
        assertThat(arrived.path("emails").get(0).path("value").asText()).isEqualTo(email);
        assertThat(arrived.path("name").path("familyName").asText()).isEqualTo("Baggins");
        status(id).statusCode(200).body("status", equalTo("pending"));
    }

    @Test
    void anAccountThatIsMadeAtOnceIsThere() {
        String email = newEmail();
        identityServer().behave(email, Quirk.CREATED);

        String id = register(email)
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("status", equalTo("approved"))
                .extract()
                .path("registrationId");
        status(id).statusCode(200).body("status", equalTo("approved")).body("registrationId", equalTo(id));
    }

    @Test
    void anAddressThatHasAnAccountAndOneThatWaitsLookTheSame() {
        String waiting = newEmail();
        register(waiting).then().statusCode(202);
        String taken = newEmail();
        identityServer().behave(taken, Quirk.CONFLICT);

        String one = register(waiting)
                .then()
                .statusCode(409)
                .body("code", equalTo("registration_conflict"))
                .extract()
                .asString();
        String other = register(taken).then().statusCode(409).extract().asString();
        assertThat(one).isEqualTo(other);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        post(newAddress(), "{\"email\":\"nobody\",\"givenName\":\"\",\"password\":\"short\"}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem("email"))
                .body("errors.field", hasItem("givenName"))
                .body("errors.field", hasItem("familyName"))
                .body("errors.field", hasItem("password"));
        post(newAddress(), "{\"email\":").then().statusCode(400).body("code", equalTo("malformed_json"));
        post(newAddress(), "{\"email\":1e2147483648}").then().statusCode(400).body("code", equalTo("malformed_json"));
        Shop.registrations(null)
                .header("X-Forwarded-For", newAddress())
                .contentType(ContentType.TEXT)
                .body("x")
                .post("/registrations")
                .then()
                .statusCode(415);
    }

    @Test
    void whatTheServersPolicySaysIsToldWithoutItsWords() {
        String email = newEmail();
        identityServer().behave(email, Quirk.PASSWORD_POLICY);

        register(email)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("password"))
                .body(not(containsString(PASSWORD)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "SLOW", "BROKEN_CONNECTION"})
    void aServerThatFailsIsSaidToBeAway(Quirk quirk) {
        String email = newEmail();
        identityServer().behave(email, quirk);

        register(email)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("identity_provider_unavailable"))
                .body(
                        "detail",
                        equalTo("Send the request again after the number of seconds in the header Retry-After."));
        // It may have arrived: it is not for the shop to send it again.
        assertThat(identityServer().tokensOf(email)).hasSize(1);
    }

    @Test
    void aServiceTokenThatIsRefusedIsRenewed() {
        String email = newEmail();
        identityServer().behave(email, Quirk.TOKEN_REVOKED);

        register(email).then().statusCode(202);
        assertThat(identityServer().tokensOf(email)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whoAsksTooOftenIsToldToWaitAndOthersAreNot() {
        String address = newAddress();
        for (int i = 0; i < BookstoreSystem.REGISTRATIONS_PER_ADDRESS; i++) {
            post(address, "{}").then().statusCode(400);
        }
        post(address, application(newEmail()))
                .then()
                .statusCode(429)
                .body("code", equalTo("too_many_requests"))
                .header("Retry-After", notNullValue())
                .header("RateLimit-Policy", containsString("q=" + BookstoreSystem.REGISTRATIONS_PER_ADDRESS))
                .header("RateLimit", containsString("r=0"));
        post(newAddress(), application(newEmail())).then().statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "null",
                "11111111-1111-1111-1111-111111111111",
                "AAAAAAAAAAAAAAAAAA",
                "..%2fUsers",
                "%20"
            })
    void anInventedRegistrationIsNotFound(String id) {
        Shop.registrations(null)
                .urlEncodingEnabled(false)
                .header("X-Forwarded-For", newAddress())
                .get("/registrations/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("registration_not_found"));
    }

    @Test
    void aRejectedApplicantSeesIt() {
        String email = newEmail();
        String id = register(email).then().statusCode(202).extract().path("registrationId");

        decide(identityServer().waiting(email), "reject", "{\"reason\":\"No\"}").statusCode(200);

        status(id).statusCode(200).body("status", equalTo("rejected"));
    }

    @Test
    void whereTheRequestIsNotShownTheStateIsNotKnown() {
        String email = newEmail();
        identityServer().behave(email, Quirk.HIDDEN);
        String id = register(email).then().statusCode(202).extract().path("registrationId");
        status(id).statusCode(200).body("status", equalTo("not_approved"));

        decide(identityServer().waiting(email), "approve", "").statusCode(200);

        status(id).statusCode(200).body("status", equalTo("not_approved"));
    }

    @Test
    void anApprovedApplicantSeesIt() {
        String email = newEmail();
        String id = register(email).then().statusCode(202).extract().path("registrationId");
        String task = identityServer().waiting(email);

        decide(task, "approve", "")
                .statusCode(200)
                .body("status", equalTo("approved"))
                .body("approvalId", equalTo(task))
                .body("reasonKept", nullValue());

        status(id).body("status", equalTo("approved"));
    }

    @Test
    void administratorsSeeWhoWaits() {
        String email = newEmail();
        String task = identityServer().waiting(email);

        Shop.registrations(User.ADMIN)
                .get("/registrations?limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("limit", equalTo(1));
        Map<String, Object> item = Shop.registrations(User.ADMIN)
                .get("/registrations?status=pending&limit=100")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("items.find { it.approvalId == '" + task + "' }");
        assertThat(item)
                .containsEntry("email", email)
                .containsEntry("status", "pending")
                .containsEntry("givenName", "Frodo")
                .containsEntry("familyName", "Baggins")
                .containsEntry("requestedAt", "2026-11-22T18:31:00Z");

        decide(task, "approve", "").statusCode(200);
        assertThat(ids("pending")).doesNotContain(task);
        assertThat(ids("approved")).contains(task);
        assertThat(ids("rejected")).doesNotContain(task);
    }

    @Test
    void theServerIsAskedInTheNameOfTheAdministrator() {
        String token = "Bearer " + BookstoreSystem.token(User.ADMIN);
        Shop.raw()
                .header("Authorization", token)
                .get("/registrations/v1/registrations")
                .then()
                .statusCode(200);

        assertThat(identityServer().administratorsTokens())
                .contains(token)
                .noneMatch(header -> header.contains(StubIdentityServer.TOKEN_PREFIX));
    }

    @Test
    void aRejectionCarriesItsReasonWhereTheServerTakesOne() {
        String task = identityServer().waiting(newEmail());
        decide(task, "reject", "{\"reason\":\"No \\\"shops\\\", sorry\"}")
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reasonKept", equalTo(true));
        assertThat(identityServer().reason(task)).isEqualTo("No \"shops\", sorry");

        String elsewhere = identityServer().waitingWithoutReasons(newEmail());
        decide(elsewhere, "reject", "{\"reason\":\"No\"}")
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reasonKept", equalTo(false));

        decide(identityServer().waiting(newEmail()), "reject", "{}")
                .statusCode(400)
                .body("errors[0].field", equalTo("reason"));
    }

    @Test
    void oneDecisionWins() {
        String task = identityServer().waiting(newEmail());

        List<Integer> statuses = Parallel.run(
                8,
                i -> decide(task, i % 2 == 0 ? "approve" : "reject", "{\"reason\":\"No\"}")
                        .extract()
                        .statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        decide(task, "approve", "").statusCode(409).body("code", equalTo("registration_decided"));
    }

    @Test
    void whatAnotherAdministratorReservedCannotBeDecided() {
        String task = identityServer().waiting(newEmail());
        identityServer().reserve(task);

        decide(task, "approve", "")
                .statusCode(409)
                .body("code", equalTo("registration_decided"))
                .body("detail", containsString("reserved"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "00000000-0000-0000-0000-000000000000", "a%2Fb", "..%2F..%2Fadmin"})
    void aDecisionOnNothingIsNotFound(String id) {
        Shop.registrations(User.ADMIN)
                .urlEncodingEnabled(false)
                .post("/registrations/" + id + "/approve")
                .then()
                .statusCode(404)
                .body("code", equalTo("registration_not_found"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/registrations", "POST,/registrations/1/approve", "POST,/registrations/1/reject"})
    void onlyAdministratorsDecide(String method, String path) {
        Shop.registrations(null).request(method, path).then().statusCode(401).body("code", equalTo("missing_token"));
        Shop.registrations(User.CUSTOMER)
                .request(method, path)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        Shop.registrations(User.STAFF)
                .request(method, path)
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", containsString("registrations:approve"));
    }

    @Test
    void aWrongQueryIsRefused() {
        Shop.registrations(User.ADMIN)
                .get("/registrations?status=open&limit=0&offset=-1")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("status", "limit", "offset"));
    }

    private static Response register(String email) {
        return post(newAddress(), application(email));
    }

    private static String application(String email) {
        return "{\"email\":\"" + email + "\",\"givenName\":\"Frodo\",\"familyName\":\"Baggins\",\"password\":\""
                + PASSWORD + "\"}";
    }

    private static Response post(String address, String body) {
        return Shop.registrations(null)
                .header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/registrations");
    }

    private static ValidatableResponse status(String id) {
        return Shop.registrations(null)
                .header("X-Forwarded-For", newAddress())
                .get("/registrations/{id}", id)
                .then();
    }

    private static ValidatableResponse decide(String task, String decision, String body) {
        var request = Shop.registrations(User.ADMIN);
        return (body.isEmpty() ? request : request.contentType(ContentType.JSON).body(body))
                .post("/registrations/{id}/" + decision, task)
                .then();
    }

    private static List<String> ids(String status) {
        return Shop.registrations(User.ADMIN)
                .get("/registrations?limit=100&status=" + status)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.approvalId");
    }

    private static String newEmail() {
        return UUID.randomUUID() + "@books.test";
    }

    /** Of a client that has not been here before. */
    private static String newAddress() {
        return "2001:db8:" + UUID.randomUUID().toString().substring(9, 18).replace('-', ':') + "::1";
    }

    private static StubIdentityServer identityServer() {
        return BookstoreSystem.identityServer();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Everything that is logged, with the texts of exceptions. */
    private static final class LogLines extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                lines.add(thrown.getClassName() + ": " + thrown.getMessage());
            }
        }
    }
}
