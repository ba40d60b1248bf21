package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class RateLimitMediatorTest {

    private final MutableClock clock = MutableClock.epochUTC();

    @Test
    void tellsWhoIsTooFastWhenToComeBack() {
        RateLimitMediator mediator = mediator("2/90", "100/1", "0");
        from("192.0.2.1").through(mediator).through(mediator);

        Problem problem = from("192.0.2.1").problemFrom(mediator);

        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(problem.headers()).containsEntry("Retry-After", "45");
        from("192.0.2.2").through(mediator);
        clock.add(Duration.ofSeconds(45));
        from("192.0.2.1").through(mediator);
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        RateLimitMediator mediator = mediator("3/60", "100/1", "0");

        assertThat(answerAfter(mediator))
                .containsEntry("RateLimit-Policy", "\"default\";q=3;w=60")
                .containsEntry("RateLimit", "\"default\";r=2;t=20");
        assertThat(answerAfter(mediator)).containsEntry("RateLimit", "\"default\";r=1;t=40");
        clock.add(Duration.ofMillis(500));
        assertThat(answerAfter(mediator)).containsEntry("RateLimit", "\"default\";r=0;t=60");
        TestMessage refused = from("192.0.2.1");
        refused.problemFrom(mediator);
        assertThat(refused.through(new ProblemMediator()).responseHeaders())
                .containsEntry("Retry-After", "20")
                .containsEntry("RateLimit-Policy", "\"default\";q=3;w=60")
                .containsEntry("RateLimit", "\"default\";r=0;t=60");
    }

    private static Map<String, String> answerAfter(RateLimitMediator mediator) {
        TestMessage message = from("192.0.2.1").through(mediator);
        HttpAnswer.put(message.synapse(), Response.empty(204));
        return message.responseHeaders();
    }

    @Test
    void callersAreToldApartWhateverTheirAddress() {
        RateLimitMediator mediator = new RateLimitMediator(clock);
        mediator.setPerCaller("1/60");
        mediator.setInAll("100/1");
        mediator.init(null);
        from("192.0.2.1")
                .property(MessageProperties.CALLER, new Caller("jane", null, Set.of()))
                .through(mediator);
        from("192.0.2.1")
                .property(MessageProperties.CALLER, new Caller("john", null, Set.of()))
                .through(mediator);

        from("192.0.2.9")
                .property(MessageProperties.CALLER, new Caller("jane", null, Set.of()))
                .problemFrom(mediator);
    }

    @Test
    void aForgedHeaderMakesNoNewClient() {
        RateLimitMediator mediator = mediator("1/60", "100/1", "0");
        from("192.0.2.1").header("X-Forwarded-For", "198.51.100.1").through(mediator);

        from("192.0.2.1").header("X-Forwarded-For", "198.51.100.2").problemFrom(mediator);
    }

    @Test
    void behindATrustedProxyItsHeaderTellsClientsApart() {
        RateLimitMediator mediator = mediator("1/60", "100/1", "1");
        from("10.0.0.1").header("X-Forwarded-For", "9.9.9.9, 198.51.100.1").through(mediator);
        from("10.0.0.1").header("X-Forwarded-For", "198.51.100.2").through(mediator);

        from("10.0.0.1").header("X-Forwarded-For", "8.8.8.8, 198.51.100.1").problemFrom(mediator);
    }

    @Test
    void ofSeveralLinesThatOfTheTrustedProxyCountsWhateverItsSpelling() {
        RateLimitMediator mediator = mediator("1/60", "100/1", "1");
        forwarded(Map.of("X-Forwarded-For", List.of("8.8.8.8", "198.51.100.1"))).through(mediator);

        forwarded(Map.of("x-forwarded-for", List.of("7.7.7.7", "198.51.100.1"))).problemFrom(mediator);
        forwarded(Map.of("X-FORWARDED-FOR", List.of("198.51.100.1"))).problemFrom(mediator);
        forwarded(Map.of("x-forwarded-for", List.of("198.51.100.2"))).through(mediator);
    }

    @Test
    void linesOfUnknownOrderMakeNoNewClient() {
        RateLimitMediator mediator = mediator("1/60", "100/1", "1");
        forwarded(Map.of("X-Forwarded-For", List.of("8.8.8.1"), "x-forwarded-for", List.of("198.51.100.1")))
                .through(mediator);

        forwarded(Map.of("X-FORWARDED-FOR", List.of("8.8.8.2"), "x-forwarded-for", List.of("198.51.100.2")))
                .problemFrom(mediator);
    }

    private static TestMessage forwarded(Map<String, List<String>> excess) {
        return from("10.0.0.1").header("X-Forwarded-For", "9.9.9.9").axis2Property("EXCESS_TRANSPORT_HEADERS", excess);
    }

    @Test
    void isDeployedOnlyWithALimitPerClientAndOneForAll() {
        RateLimitMediator incomplete = new RateLimitMediator();
        incomplete.setPerAddress("1/60");
        assertThatThrownBy(() -> incomplete.init(null)).isInstanceOf(SynapseException.class);
        incomplete.setInAll("1/60");
        incomplete.setPerCaller("1/60");
        assertThatThrownBy(() -> incomplete.init(null))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'perCaller'");
        assertThatThrownBy(() -> incomplete.setInAll("many"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'inAll'");
        assertThatThrownBy(() -> incomplete.setTrustedProxies("-1")).isInstanceOf(SynapseException.class);
    }

    private RateLimitMediator mediator(String perAddress, String inAll, String trustedProxies) {
        RateLimitMediator mediator = new RateLimitMediator(clock);
        mediator.setPerAddress(perAddress);
        mediator.setInAll(inAll);
        mediator.setTrustedProxies(trustedProxies);
        mediator.init(null);
        return mediator;
    }

    private static TestMessage from(String address) {
        return new TestMessage().axis2Property("REMOTE_ADDR", address);
    }
}
