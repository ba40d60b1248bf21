package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.StubServer;
import com.books.bookstore.mediator.message.MessageProperties;
import java.time.Duration;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.threeten.extra.MutableClock;

class ReadinessMediatorTest {

    private final MutableClock clock = MutableClock.epochUTC();
    private volatile int jwksStatus = 200;
    private volatile String jwks = "{\"keys\":[]}";
    private final StubServer server = new StubServer(request -> request.answer(jwksStatus, jwks));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void strangersAreToldNothingButWhetherItIsUp() {
        TestMessage message = databaseUp(0, 0).through(mediator());
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answer()).isEqualTo("{\"status\":\"up\"}");
        assertThat(message.responseHeaders()).containsEntry("Cache-Control", "no-store");
        assertThat(databaseUp(0, 0)
                        .header("Authorization", "Bearer wrong")
                        .through(mediator())
                        .answer())
                .isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void whoHasTheTokenIsToldTheParts() {
        TestMessage message =
                databaseUp(3, 0).header("Authorization", "Bearer monitoring").through(mediator());
        assertThat(message.answerJson().toString())
                .isEqualTo(
                        "{\"status\":\"up\",\"parts\":{\"database\":\"up\",\"identityServer\":\"up\","
                                + "\"mailQueue\":\"up\"},\"mails\":{\"waiting\":2,\"failing\":0,\"overdueSeconds\":3,\"dead\":0}}");
    }

    @Test
    void withoutTheDatabaseItIsNotReady() {
        TestMessage message =
                new TestMessage().header("Authorization", "Bearer monitoring").through(mediator());
        assertThat(message.status()).isEqualTo(503);
        assertThat(message.answerJson().toString())
                .isEqualTo("{\"status\":\"down\",\"parts\":{\"database\":\"down\",\"identityServer\":\"up\","
                        + "\"mailQueue\":\"unknown\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"500|{}", "200|{}", "200|no json"})
    void withoutTheIdentityServersKeysItIsNotReady(int status, String body) {
        jwksStatus = status;
        jwks = body;
        assertThat(databaseUp(0, 0).through(mediator()).status()).isEqualTo(503);
    }

    @Test
    void anIdentityServerThatDoesNotAnswerIsDown() {
        server.answerWith(request -> {});
        assertThat(databaseUp(0, 0).through(mediator()).status()).isEqualTo(503);
    }

    @Test
    void onePartCanBeEnough() {
        jwksStatus = 500;
        ReadinessMediator mediator = mediator();
        mediator.setRequires("database");
        TestMessage message =
                databaseUp(0, 0).header("Authorization", "Bearer monitoring").through(mediator);
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answerJson().at("/parts/identityServer").asText()).isEqualTo("down");
    }

    @ParameterizedTest
    @CsvSource({"901,0", "0,1"})
    void lateAndDeadMailsAreReportedAndTakeNoNodeOut(int overdue, int dead) {
        TestMessage message = databaseUp(overdue, dead)
                .header("Authorization", "Bearer monitoring")
                .through(mediator());
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answerJson().at("/parts/mailQueue").asText()).isEqualTo("degraded");
    }

    @Test
    void theIdentityServerIsAskedOnceInAWhile() {
        ReadinessMediator mediator = mediator();
        for (int i = 0; i < 20; i++) {
            databaseUp(0, 0).through(mediator);
        }
        assertThat(server.requests()).hasSize(1);
        jwksStatus = 500;
        assertThat(databaseUp(0, 0).through(mediator).status()).isEqualTo(200);
        clock.add(Duration.ofSeconds(10));
        assertThat(databaseUp(0, 0).through(mediator).status()).isEqualTo(503);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aPartThatDoesNotExistIsRefusedWhenDeployed() {
        ReadinessMediator mediator = mediator();
        mediator.setRequires("database mails");
        assertThatThrownBy(() -> mediator.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("mails");
    }

    private static TestMessage databaseUp(int overdue, int dead) {
        return new TestMessage()
                .result(
                        MessageProperties.RESULT,
                        "<MailQueueRows><Row><waiting>2</waiting><failing>0</failing><overdueSeconds>" + overdue
                                + "</overdueSeconds><dead>" + dead + "</dead></Row></MailQueueRows>");
    }

    private ReadinessMediator mediator() {
        ReadinessMediator mediator = new ReadinessMediator(clock);
        mediator.setJwksUri(server.address("/oauth2/jwks").toString());
        mediator.setToken("monitoring");
        return mediator;
    }
}
