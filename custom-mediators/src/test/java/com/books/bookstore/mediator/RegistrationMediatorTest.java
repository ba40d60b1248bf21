package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.identity.StubServer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.Applicant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationMediatorTest {

    @Test
    void isDeployedWithoutASecretAndSaysWhatIsMissingWhenItIsNeeded() {
        RegistrationMediator mediator = mediator("");
        mediator.init(null);
        TestMessage message =
                new TestMessage().property(MessageProperties.APPLICANT, new Applicant("a@b.cd", "G", "F", "Abcdef1!"));

        Problem problem = message.problemFrom(mediator);

        assertThat(problem.type()).isEqualTo(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE);
        assertThat(problem.headers()).containsKey("Retry-After");
        assertThat(FailureSummary.of((Throwable) message.get("ERROR_EXCEPTION")))
                .contains("The registration client has no secret. Set BOOKSTORE_REGISTRATION_CLIENT_SECRET");
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
        TestMessage message = new TestMessage().property(MessageProperties.REGISTRATION_ID, "invented");

        assertThat(message.problemFrom(mediator("secret")).type()).isEqualTo(ProblemType.REGISTRATION_NOT_FOUND);
    }

    @Test
    void countsWhatWaitsAsIdentityServerCounts() {
        try (StubServer server = new StubServer(request -> request.answer(
                200,
                request.line().endsWith("/token")
                        ? "{\"access_token\":\"t\",\"expires_in\":600}"
                        : "{\"totalResults\":7,\"startIndex\":1,\"count\":1,\"instances\":[{}]}"))) {
            RegistrationMediator mediator = counting(server);

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
                request.line().endsWith("/token") ? 200 : status,
                request.line().endsWith("/token") ? "{\"access_token\":\"t\",\"expires_in\":600}" : body))) {
            assertThat(count(counting(server))).isEmpty();
        }
        assertThat(count(mediator(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,pending",
        "APPROVED,approved",
        "REJECTED,rejected",
        "FAILED,rejected",
        "gone,not_approved",
    })
    void theStateOfARegistrationIsToldWithoutLookingAtUsers(String status, String state) {
        String request = "{\"workflowInstanceId\":\"r1\",\"status\":\"" + status
                + "\",\"properties\":[{\"key\":\"Username\",\"value\":\"a@b.cd\"}]}";
        AtomicBoolean asked = new AtomicBoolean();
        try (StubServer server = new StubServer(call -> {
            if (call.line().endsWith("/token")) {
                call.answer(200, "{\"access_token\":\"t\",\"expires_in\":600}");
            } else if (call.line().endsWith("/r1")) {
                call.answer(asked.get() && status.equals("gone") ? 404 : 200, request);
            } else {
                call.answer(call.line().startsWith("POST") ? 202 : 200, "{\"instances\":[" + request + "]}");
            }
        })) {
            RegistrationMediator mediator = counting(server);
            mediator.setScimUrl(server.address("/scim2").toString());
            String id = answer(
                            mediator,
                            MessageProperties.APPLICANT,
                            new Applicant("a@b.cd", "Given", "Family", "Abcdef1!"))
                    .path("registrationId")
                    .asText();
            asked.set(true);

            assertThat(answer(mediator, MessageProperties.REGISTRATION_ID, id)
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
                call.line().endsWith("/token") ? "{\"access_token\":\"t\",\"expires_in\":600}" : "{\"id\":\"7\"}"))) {
            RegistrationMediator mediator = counting(server);
            mediator.setScimUrl(server.address("/scim2").toString());
            String id = answer(
                            mediator,
                            MessageProperties.APPLICANT,
                            new Applicant("a@b.cd", "Given", "Family", "Abcdef1!"))
                    .path("registrationId")
                    .asText();

            assertThat(answer(mediator, MessageProperties.REGISTRATION_ID, id)
                            .path("status")
                            .asText())
                    .isEqualTo("approved");
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static JsonNode answer(RegistrationMediator mediator, String property, Object value) {
        return new TestMessage().property(property, value).through(mediator).answerJson();
    }

    private static RegistrationMediator counting(StubServer server) {
        RegistrationMediator mediator = mediator("secret");
        mediator.setTokenUrl(server.address("/token").toString());
        mediator.setInstancesUrl(server.address("/workflow-instances").toString());
        mediator.setInstanceScope("internal_workflow_instance_view");
        return mediator;
    }

    private static String count(RegistrationMediator mediator) {
        return new TestMessage()
                .property(MessageProperties.COUNT_REGISTRATIONS, "true")
                .through(mediator)
                .text(MessageProperties.REGISTRATIONS_WAITING);
    }

    private static RegistrationMediator mediator(String clientSecret) {
        RegistrationMediator mediator = new RegistrationMediator();
        mediator.setScimUrl("https://id.books.test/scim2");
        mediator.setTokenUrl("https://id.books.test/oauth2/token");
        mediator.setClientId("client");
        mediator.setClientSecret("env:BOOKSTORE_SECRET_OF_A_TEST:" + clientSecret);
        mediator.setSignUpScope("internal_user_mgt_create");
        mediator.setStatusSecret("env:BOOKSTORE_SECRET_OF_A_TEST:");
        return mediator;
    }
}
