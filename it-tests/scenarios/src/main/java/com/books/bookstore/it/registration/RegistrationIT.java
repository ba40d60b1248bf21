package com.books.bookstore.it.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
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
import com.books.bookstore.it.support.ConfirmationTokens;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What registers and decides; {@link RegistrationContractIT} has what does not. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class RegistrationIT {

    private static final String PASSWORD = "canary-Password-1420";
    private static final int EMAILS_PER_ADDRESS = 5;
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

        Response response = confirm(email);

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

        String id = confirm(email)
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("status", equalTo("approved"))
                .extract()
                .path("registrationId");
        status(id).statusCode(200).body("status", equalTo("approved")).body("registrationId", equalTo(id));
    }

    /** Status, headers and body: only the correlation id and the clock differ. */
    @Test
    void registeringSaysTheSameOfEveryAddress() {
        String free = newEmail();
        String waiting = newEmail();
        confirm(waiting).then().statusCode(202);
        String taken = newEmail();
        identityServer().behave(taken, Quirk.CONFLICT);
        String flooded = newEmail();
        for (int i = 0; i < EMAILS_PER_ADDRESS + 1; i++) {
            register(flooded).then().statusCode(202);
        }

        Set<List<String>> answers = new HashSet<>();
        for (String email : List.of(free, waiting, taken, flooded, free.toUpperCase(Locale.ROOT))) {
            Response answer = register(email);
            answers.add(List.of(
                    answer.statusLine(),
                    answer.headers().asList().stream()
                            .filter(header ->
                                    !Set.of("X-Correlation-ID", "Date").contains(header.getName()))
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining("\n")),
                    answer.asString()));
        }

        assertThat(answers).hasSize(1);
        assertThat(answers.toString())
                .contains("202", "confirmation_required", "We send an email")
                .doesNotContain("Location", "registrationId");
        assertThat(identityServer().tokensOf(free)).isEmpty();
    }

    @Test
    void onlyTheEmailSaysWhatIsKnownOfAnAddress() throws Exception {
        String free = newEmail();
        String waiting = newEmail();
        confirm(waiting).then().statusCode(202);
        for (String email : List.of(free, waiting)) {
            register(email).then().statusCode(202);
        }

        String link = link(free, "Confirm your email address at books.com");
        assertThat(link).startsWith(BookstoreSystem.SHOP_URL + "/register/confirm#token=");
        String token = link.substring(link.indexOf('=') + 1);
        String id = postConfirmation(newAddress(), confirmation(token))
                .then()
                .statusCode(202)
                .extract()
                .path("registrationId");
        assertThat(identityServer()
                        .application(free)
                        .path("name")
                        .path("givenName")
                        .asText())
                .isEqualTo("Frodo");
        status(id).body("status", equalTo("pending"));

        String page = link(waiting, "Your registration at books.com is waiting");
        assertThat(page).startsWith(BookstoreSystem.SHOP_URL + "/register/").doesNotContain("token");
        status(page.substring(page.lastIndexOf('/') + 1)).statusCode(200).body("status", equalTo("pending"));
    }

    @Test
    void theLongestAddressRegisters() throws Exception {
        String random = UUID.randomUUID().toString().replace("-", "");
        String email = random.repeat(2) + "@" + ("b".repeat(60) + ".").repeat(3) + "ex.org";
        assertThat(email).hasSize(254);

        register(email).then().statusCode(202);
        String link = link(email, "Confirm your email address at books.com");
        String id = postConfirmation(newAddress(), confirmation(link.substring(link.indexOf('=') + 1)))
                .then()
                .statusCode(202)
                .extract()
                .path("registrationId");

        status(id).statusCode(200).body("status", equalTo("pending"));
        register("a" + email).then().statusCode(400).body("errors[0].field", equalTo("email"));
    }

    @Test
    void anAddressGetsAFewEmailsOnly() {
        String email = newEmail();
        for (int i = 0; i < EMAILS_PER_ADDRESS + 3; i++) {
            register(i % 2 == 0 ? email : " " + email.toUpperCase(Locale.ROOT))
                    .then()
                    .statusCode(202);
        }
        List<String> queued = Shop.mails(User.ADMIN)
                .get("/mails?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .path("items.recipients");
        assertThat(queued).filteredOn(email::equals).hasSize(EMAILS_PER_ADDRESS);
        await().atMost(Duration.ofSeconds(40)).until(() -> emailsTo(email).size() == EMAILS_PER_ADDRESS);
    }

    @Test
    void aForgedTokenCreatesNoRegistration() {
        String email = newEmail();
        String token = BookstoreSystem.confirmationToken(email);
        for (String wrong : List.of(
                "x",
                token.substring(1),
                token + "A",
                ConfirmationTokens.of(
                        "another-secret-of-32-characters-", email, Instant.now().plusSeconds(60)),
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhQGIuY2QifQ.",
                BookstoreSystem.token(User.ADMIN))) {
            postConfirmation(newAddress(), confirmation(wrong))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("confirmation_invalid"))
                    .body(not(containsString(wrong.length() < 9 ? "\"x\"" : wrong)));
        }
        String expired = ConfirmationTokens.of(
                BookstoreSystem.REGISTRATION_SECRET, email, Instant.now().minusSeconds(1));
        postConfirmation(newAddress(), confirmation(expired))
                .then()
                .statusCode(410)
                .body("code", equalTo("confirmation_expired"));
        assertThat(identityServer().tokensOf(email)).isEmpty();
    }

    @Test
    void aTokenIsGoodForOneRegistration() {
        String email = newEmail();
        String token = BookstoreSystem.confirmationToken(email);
        postConfirmation(newAddress(), confirmation(token).replace(PASSWORD, "weak"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("password"));
        postConfirmation(newAddress(), confirmation(token)).then().statusCode(202);
        postConfirmation(newAddress(), confirmation(token))
                .then()
                .statusCode(409)
                .body("code", equalTo("registration_conflict"));
    }

    @Test
    void anAddressThatHasAnAccountAndOneThatWaitsLookTheSame() {
        String waiting = newEmail();
        confirm(waiting).then().statusCode(202);
        String taken = newEmail();
        identityServer().behave(taken, Quirk.CONFLICT);

        String one = confirm(waiting)
                .then()
                .statusCode(409)
                .body("code", equalTo("registration_conflict"))
                .extract()
                .asString();
        String other = confirm(taken).then().statusCode(409).extract().asString();
        assertThat(one).isEqualTo(other);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        post(newAddress(), "{\"email\":\"nobody\",\"givenName\":\"\"}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", containsInAnyOrder("email", "givenName", "familyName"));
        post(
                        newAddress(),
                        application(newEmail()).replace("Frodo", "\u00a0\u200b").replace("Baggins", "\u3164"))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("givenName", "familyName"));
        postConfirmation(newAddress(), "{\"password\":\"short\"}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem("token"))
                .body("errors.field", hasItem("password"));
        post(newAddress(), "{\"email\":").then().statusCode(400).body("code", equalTo("malformed_json"));
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

        confirm(email)
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

        confirm(email)
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

        confirm(email).then().statusCode(202);
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

    @Test
    void aRejectedApplicantSeesIt() {
        String email = newEmail();
        String id = confirm(email).then().statusCode(202).extract().path("registrationId");

        decide(identityServer().waiting(email), "reject", "{\"reason\":\"No\"}").statusCode(200);

        status(id).statusCode(200).body("status", equalTo("rejected"));
    }

    @Test
    void whereTheRequestIsNotShownTheStateIsNotKnown() {
        String email = newEmail();
        identityServer().behave(email, Quirk.HIDDEN);
        String id = confirm(email).then().statusCode(202).extract().path("registrationId");
        status(id).statusCode(200).body("status", equalTo("not_approved"));

        decide(identityServer().waiting(email), "approve", "").statusCode(200);

        status(id).statusCode(200).body("status", equalTo("not_approved"));
    }

    @Test
    void anApprovedApplicantSeesIt() {
        String email = newEmail();
        String id = confirm(email).then().statusCode(202).extract().path("registrationId");
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
    void decidedRegistrationsAreListedWithWhatIdentityServerTells() {
        String email = newEmail();
        String task = identityServer().waiting(email);
        decide(task, "reject", "{\"reason\":\"No\"}").statusCode(200);

        Map<String, Object> item = Shop.registrations(User.ADMIN)
                .get("/registrations?status=rejected&limit=100")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("items.find { it.approvalId == '" + task + "' }");
        assertThat(item)
                .containsEntry("email", email)
                .containsEntry("status", "rejected")
                .containsEntry("requestedAt", "2026-11-22T18:31:00Z")
                .containsEntry("decidedAt", "2026-11-23T08:00:00Z")
                .containsEntry("decidedBy", null)
                .containsEntry("reason", null);
    }

    @Test
    void anApprovalThatCannotBeCarriedOutHasFailed() {
        String email = newEmail();
        String id = confirm(email).then().statusCode(202).extract().path("registrationId");
        String task = identityServer().waiting(email);
        identityServer().failOnApproval(task);

        decide(task, "approve", "")
                .statusCode(409)
                .body("code", equalTo("registration_decided"))
                .body("detail", containsString("could not create the account"));

        status(id).statusCode(200).body("status", equalTo("failed"));
        assertThat(ids("failed")).contains(task);
        assertThat(ids("approved")).doesNotContain(task);
        decide(task, "reject", "{\"reason\":\"No\"}").statusCode(409).body("detail", containsString("already failed"));
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
        decide(task, "reject", "{\"reason\":\"No \\\"shops\\\",\\r\\nsorry\"}")
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reasonKept", equalTo(true));
        assertThat(identityServer().reason(task)).isEqualTo("No \"shops\",\nsorry");

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

    /** Before the first decision is carried out, no task waits, and the instance says that the registration does. */
    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject"})
    void aDecisionThatIsBeingCarriedOutIsADecision(String first) {
        String task = identityServer().waiting(newEmail());
        identityServer().decideSlowly(task);

        List<Integer> statuses = Parallel.run(
                8, i -> decide(task, first, "{\"reason\":\"No\"}").extract().statusCode());

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
    @ValueSource(strings = {"a%2Fb", "..%2F..%2Fadmin"})
    void aDecisionOnNothingIsNotFound(String id) {
        Shop.registrations(User.ADMIN)
                .urlEncodingEnabled(false)
                .post("/registrations/" + id + "/approve")
                .then()
                .statusCode(404)
                .body("code", equalTo("registration_not_found"));
    }

    private static Response register(String email) {
        return post(newAddress(), application(email));
    }

    private static String application(String email) {
        return "{\"email\":\"" + email + "\",\"givenName\":\"Frodo\",\"familyName\":\"Baggins\"}";
    }

    private static Response post(String address, String body) {
        return post(address, body, "/registrations");
    }

    /** What an applicant does who has read the email. */
    private static Response confirm(String email) {
        return postConfirmation(newAddress(), confirmation(BookstoreSystem.confirmationToken(email)));
    }

    private static String confirmation(String token) {
        return "{\"token\":\"" + token + "\",\"password\":\"" + PASSWORD + "\"}";
    }

    private static Response postConfirmation(String address, String body) {
        return post(address, body, "/confirmations");
    }

    private static Response post(String address, String body, String path) {
        return Shop.registrations(null)
                .header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    private static List<MimeMessage> emailsTo(String address) {
        return Arrays.stream(BookstoreSystem.emails())
                .filter(email -> address.equals(BookstoreSystem.recipient(email)))
                .toList();
    }

    /** The first line that is an address, of the first email to somebody. */
    private static String link(String address, String subject) throws Exception {
        await().atMost(Duration.ofSeconds(40)).until(() -> !emailsTo(address).isEmpty());
        MimeMessage email = emailsTo(address).get(0);
        assertThat(email.getSubject()).isEqualTo(subject);
        String text =
                ((MimeMultipart) email.getContent()).getBodyPart(0).getContent().toString();
        assertThat(text).doesNotContain("Frodo");
        return text.lines()
                .filter(line -> line.startsWith("https://"))
                .findFirst()
                .orElseThrow();
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
