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
        mediator.setLookUpScope("internal_user_mgt_list");
        mediator.setStatusSecret("env:BOOKSTORE_SECRET_OF_A_TEST:");
        return mediator;
    }
}
