package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.identity.StubServer;
import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.Confirmation;
import com.books.bookstore.security.ConfirmationTokens;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class RegistrationMediatorTest {

    private static final String SECRET = "a secret of at least 32 characters";
    private static final String TOKEN = "{\"access_token\":\"t\",\"expires_in\":600}";
    private static final String WAITING =
            "[{\"workflowInstanceId\":\"r1\",\"eventType\":\"SELF_REGISTER_USER\",\"status\":\"PENDING\",\"properties\":"
                    + "[{\"key\":\"Username\",\"value\":\"a@b.cd\"}]}]";
    private static final Applicant APPLICANT = new Applicant("a@b.cd", "Given", "Family");

    private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T20:00:00Z"), ZoneOffset.UTC);
    private final ConfirmationTokens tokens =
            new ConfirmationTokens(SECRET.getBytes(StandardCharsets.UTF_8), Duration.ofDays(1), clock);

    @ParameterizedTest
    @ValueSource(strings = {"request", "confirm", "state"})
    void isDeployedWithoutSettingsAndSaysWhatIsMissingWhenItIsNeeded(String step) {
        RegistrationMediator noClientSecret = mediator("");
        RegistrationMediator noKey = mediator("secret");
        noKey.setStatusSecret("env:BOOKSTORE_SECRET_OF_A_TEST:");
        RegistrationMediator noShop = mediator("secret");
        noShop.setShopUrl("env:BOOKSTORE_SECRET_OF_A_TEST:");
        Map.of(
                        noClientSecret,
                        "The registration client has no secret. Set BOOKSTORE_REGISTRATION_CLIENT_SECRET",
                        noKey,
                        "Confirmation links have no key. Set BOOKSTORE_REGISTRATION_SECRET",
                        noShop,
                        "Confirmation links have no address. Set BOOKSTORE_SHOP_URL")
                .forEach((mediator, missing) -> {
                    mediator.init(null);
                    TestMessage message = step(step);

                    Problem problem = message.problemFrom(mediator);

                    assertThat(problem.type()).isEqualTo(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE);
                    assertThat(problem.headers()).containsKey("Retry-After");
                    assertThat(FailureSummary.of((Throwable) message.get("ERROR_EXCEPTION")))
                            .contains(missing);
                });
    }

    @Test
    void aRequestCallsNoServerAndSaysHowManyEmailsAnAddressGets() {
        try (StubServer server = new StubServer(request -> request.answer(500, ""))) {
            RegistrationMediator mediator = connected(server);
            mediator.setPerEmail("3/60");

            TestMessage message = step("request").through(mediator);

            assertThat(message.text(MessageProperties.EMAIL_LIMIT)).isEqualTo("3");
            assertThat(message.text(MessageProperties.EMAIL_WINDOW)).isEqualTo("60");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theEmailOfAFreeAddressHasALinkWithATokenInItsFragment() throws Exception {
        try (StubServer server = identityServer(409, "{}", "[]")) {
            JsonNode email = email(connected(server), "registration_confirm");

            String link = email.path("link").asText();
            assertThat(link).startsWith("https://books.test/shop/register/confirm#token=");
            Applicant applicant = tokens.applicantOf(link.substring(link.indexOf('=') + 1));
            assertThat(applicant.email()).isEqualTo("a@b.cd");
            assertThat(applicant.givenName()).isEqualTo("Zo\u00eb");
            assertThat(email.path("validUntil").asText()).isEqualTo("2026-11-23T20:00:00Z");
        }
    }

    @Test
    void theEmailOfAnAddressThatWaitsLeadsToItsState() {
        try (StubServer server = identityServer(202, "", WAITING)) {
            RegistrationMediator mediator = connected(server);
            JsonNode email = email(mediator, "registration_waiting");

            String link = email.path("link").asText();
            assertThat(link).startsWith("https://books.test/shop/register/").doesNotContain("token");
            TestMessage state = step("state")
                    .property(MessageProperties.REGISTRATION_ID, link.substring(link.lastIndexOf('/') + 1));
            assertThat(state.through(mediator).answerJson().path("status").asText())
                    .isEqualTo("pending");
        }
    }

    @Test
    void anEmailIsSentAlsoWhileTheIdentityServerIsDown() {
        try (StubServer server = new StubServer(request -> request.answer(500, ""))) {
            email(connected(server), "registration_confirm");
        }
    }

    @Test
    void otherEmailsPassUnchanged() {
        TestMessage message =
                step("email").result(MessageProperties.RESULT, "<Mails><Row><kind>order_placed</kind></Row></Mails>");
        assertThat(message.through(mediator("")).get(MessageProperties.MAIL_TEMPLATE))
                .isNull();
        message = step("email").result(MessageProperties.RESULT, "<Mails/>");
        assertThat(message.through(mediator("")).get(MessageProperties.MAIL_ID)).isNull();
    }

    @Test
    void aRegistrationEmailThatCannotBeMadeIsHeldAgainstItself() {
        TestMessage message = claimedEmail();
        RegistrationMediator noShop = mediator("secret");
        noShop.setShopUrl("env:BOOKSTORE_SECRET_OF_A_TEST:");

        assertThatThrownBy(() -> message.through(noShop)).isInstanceOf(SynapseException.class);
        assertThat(message.text(MessageProperties.MAIL_ID)).isEqualTo("17");
        assertThat(FailureSummary.of((Throwable) message.get("ERROR_EXCEPTION")))
                .contains("Set BOOKSTORE_SHOP_URL");
    }

    @Test
    void anInvalidTokenCreatesNoRegistration() {
        try (StubServer server = identityServer(202, "", "[]")) {
            RegistrationMediator mediator = connected(server);
            String token = tokens.tokenOf(APPLICANT);
            assertThat(confirmation("x").problemFrom(mediator).type()).isEqualTo(ProblemType.CONFIRMATION_INVALID);
            clock.add(Duration.ofDays(1));
            Problem expired = confirmation(token).problemFrom(mediator);
            assertThat(expired.type()).isEqualTo(ProblemType.CONFIRMATION_EXPIRED);
            assertThat(expired.type().status()).isEqualTo(410);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aRefusedPasswordLosesNothing() {
        AtomicInteger tries = new AtomicInteger();
        try (StubServer server = new StubServer(call -> {
            if (call.line().endsWith("/token")) {
                call.answer(200, TOKEN);
            } else if (call.line().startsWith("GET")) {
                call.answer(200, "{\"instances\":[]}");
            } else if (tries.getAndIncrement() == 0) {
                call.answer(400, "{\"detail\":\"20035 - The password was used before\"}");
            } else {
                call.answer(tries.get() == 2 ? 202 : 409, "");
            }
        })) {
            RegistrationMediator mediator = connected(server);
            String token = tokens.tokenOf(APPLICANT);

            assertThat(confirmation(token).problemFrom(mediator).type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(confirmation(token).through(mediator).status()).isEqualTo(202);
            assertThat(confirmation(token).problemFrom(mediator).type()).isEqualTo(ProblemType.REGISTRATION_CONFLICT);
        }
    }

    @Test
    void isNotDeployedWithAWrongConfiguration() {
        RegistrationMediator noAddress = mediator("secret");
        noAddress.setScimUrl("localhost:9443");
        assertThatThrownBy(() -> noAddress.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'scimUrl'");
        RegistrationMediator shortSecret = mediator("secret");
        shortSecret.setStatusSecret("too short");
        assertThatThrownBy(() -> shortSecret.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'statusSecret'");
        RegistrationMediator noLink = mediator("secret");
        noLink.setShopUrl("books.test");
        assertThatThrownBy(() -> noLink.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'shopUrl'");
        RegistrationMediator noLife = mediator("secret");
        noLife.setConfirmationHours("0");
        assertThatThrownBy(() -> noLife.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'confirmationHours'");
        assertThatThrownBy(() -> noLife.setPerEmail("0/1"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'perEmail'");
        RegistrationMediator noScope = mediator("secret");
        noScope.setInstancesUrl("https://id.books.test/api/server/v1/workflow-instances");
        assertThatThrownBy(() -> noScope.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'instanceScope'");
        RegistrationMediator noTime = mediator("secret");
        noTime.setTimeoutSeconds("0");
        assertThatThrownBy(() -> noTime.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'timeoutSeconds'");
    }

    @Test
    void anIdThatWasNeverGivenOutIsNotAskedFor() {
        TestMessage message = step("state").property(MessageProperties.REGISTRATION_ID, "invented");

        assertThat(message.problemFrom(mediator("secret")).type()).isEqualTo(ProblemType.REGISTRATION_NOT_FOUND);
    }

    @Test
    void countsWhatWaitsAsIdentityServerCounts() {
        try (StubServer server = new StubServer(request -> request.answer(
                200,
                request.line().endsWith("/token")
                        ? TOKEN
                        : "{\"totalResults\":7,\"startIndex\":1,\"count\":1,\"instances\":[{}]}"))) {
            RegistrationMediator mediator = connected(server);

            // A busy machine may take longer than the mediator waits; then the answer is there later.
            await().until(() -> count(mediator).equals("7"));
            assertThat(count(mediator)).isEqualTo("7");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).line())
                    .isEqualTo("GET /workflow-instances?limit=1&offset=0"
                            + "&filter=operationType+eq+SELF_REGISTER_USER+and+status+eq+PENDING");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"500|{}", "403|{}", "200|{}", "200|no json"})
    void whatIsNotKnownIsNoProblem(int status, String body) {
        try (StubServer server = new StubServer(request -> request.answer(
                request.line().endsWith("/token") ? 200 : status, request.line().endsWith("/token") ? TOKEN : body))) {
            assertThat(count(connected(server))).isEmpty();
        }
        assertThat(count(mediator(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,pending",
        "APPROVED,approved",
        "REJECTED,rejected",
        "FAILED,failed",
        "ABORTED,failed",
        "gone,not_approved",
    })
    void theStateOfARegistrationIsToldWithoutLookingAtUsers(String status, String state) {
        String request = "{\"workflowInstanceId\":\"r1\",\"eventType\":\"SELF_REGISTER_USER\",\"status\":\"" + status
                + "\",\"properties\":[{\"key\":\"Username\",\"value\":\"a@b.cd\"}]}";
        AtomicBoolean asked = new AtomicBoolean();
        try (StubServer server = new StubServer(call -> {
            if (call.line().endsWith("/token")) {
                call.answer(200, TOKEN);
            } else if (call.line().endsWith("/r1")) {
                call.answer(asked.get() && status.equals("gone") ? 404 : 200, request);
            } else {
                call.answer(call.line().startsWith("POST") ? 202 : 200, "{\"instances\":[" + request + "]}");
            }
        })) {
            RegistrationMediator mediator = connected(server);
            String id = confirmation(tokens.tokenOf(APPLICANT))
                    .through(mediator)
                    .answerJson()
                    .path("registrationId")
                    .asText();
            asked.set(true);

            assertThat(step("state")
                            .property(MessageProperties.REGISTRATION_ID, id)
                            .through(mediator)
                            .answerJson()
                            .path("status")
                            .asText())
                    .isEqualTo(state);
            assertThat(server.requests()).noneMatch(call -> call.line().startsWith("GET /scim2"));
            assertThat(server.requests()).noneMatch(call -> call.body().contains("internal_user_mgt_list"));
        }
    }

    @Test
    void anAccountThatIsCreatedAtOnceIsApprovedWithoutAnotherQuestion() {
        try (StubServer server = new StubServer(call -> call.answer(
                call.line().endsWith("/token") ? 200 : 201,
                call.line().endsWith("/token") ? TOKEN : "{\"id\":\"7\"}"))) {
            RegistrationMediator mediator = connected(server);
            String id = confirmation(tokens.tokenOf(APPLICANT))
                    .through(mediator)
                    .answerJson()
                    .path("registrationId")
                    .asText();

            assertThat(step("state")
                            .property(MessageProperties.REGISTRATION_ID, id)
                            .through(mediator)
                            .answerJson()
                            .path("status")
                            .asText())
                    .isEqualTo("approved");
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static TestMessage step(String step) {
        return new TestMessage().property(MessageProperties.REGISTRATION_STEP, step);
    }

    private static TestMessage confirmation(String token) {
        return step("confirm").property(MessageProperties.CONFIRMATION, new Confirmation(token, "Abcdef1!"));
    }

    private static TestMessage claimedEmail() {
        return step("email")
                .result(
                        MessageProperties.RESULT,
                        "<Mails><Row><mailId>17</mailId><kind>registration</kind><recipients>a@b.cd</recipients>"
                                + "<document>{\"givenName\":\"Zo\u00eb\",\"familyName\":\"F\"}</document></Row></Mails>");
    }

    /** What the mail mediator gets for a registration. */
    private static JsonNode email(RegistrationMediator mediator, String template) {
        TestMessage message = claimedEmail().through(mediator);
        assertThat(message.text(MessageProperties.MAIL_ID)).isEqualTo("17");
        assertThat(message.text(MessageProperties.MAIL_TEMPLATE)).isEqualTo(template);
        JsonNode document = Json.parseTrusted(message.text(MessageProperties.MAIL_DOCUMENT));
        assertThat(document.path("shop").asText()).isEqualTo("https://books.test/shop");
        return document;
    }

    private static StubServer identityServer(int signUp, String answer, String instances) {
        return new StubServer(call -> {
            if (call.line().endsWith("/token")) {
                call.answer(200, TOKEN);
            } else if (call.line().startsWith("POST")) {
                call.answer(signUp, answer);
            } else {
                call.answer(
                        200,
                        call.line().endsWith("/r1")
                                ? instances.substring(1, instances.length() - 1)
                                : "{\"instances\":" + instances + "}");
            }
        });
    }

    private RegistrationMediator connected(StubServer server) {
        RegistrationMediator mediator = mediator("secret");
        mediator.setScimUrl(server.address("/scim2").toString());
        mediator.setTokenUrl(server.address("/token").toString());
        mediator.setInstancesUrl(server.address("/workflow-instances").toString());
        mediator.setInstanceScope("internal_workflow_instance_view");
        return mediator;
    }

    private static String count(RegistrationMediator mediator) {
        return step("count").through(mediator).text(MessageProperties.REGISTRATIONS_WAITING);
    }

    private RegistrationMediator mediator(String clientSecret) {
        RegistrationMediator mediator = new RegistrationMediator(clock);
        mediator.setScimUrl("https://id.books.test/scim2");
        mediator.setTokenUrl("https://id.books.test/oauth2/token");
        mediator.setApprovalsUrl("https://id.books.test/approval-tasks");
        mediator.setClientId("client");
        mediator.setClientSecret("env:BOOKSTORE_SECRET_OF_A_TEST:" + clientSecret);
        mediator.setSignUpScope("internal_user_mgt_create");
        mediator.setStatusSecret(SECRET);
        mediator.setShopUrl("https://books.test/shop/");
        return mediator;
    }
}
