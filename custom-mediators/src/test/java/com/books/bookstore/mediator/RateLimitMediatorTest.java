package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.MovableClock;
import java.time.Duration;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;

class RateLimitMediatorTest {

    private final MovableClock clock = new MovableClock();

    @Test
    void tellsWhoIsTooFastWhenToComeBack() {
        RateLimitMediator mediator = mediator("2/90", "100/1", "0");
        from("192.0.2.1").through(mediator).through(mediator);

        Problem problem = from("192.0.2.1").problemFrom(mediator);

        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(problem.headers()).containsEntry("Retry-After", "45")
                .containsEntry("RateLimit-Policy", "\"default\";q=2;w=90").containsEntry("RateLimit", "\"default\";r=0;t=45");
        from("192.0.2.2").through(mediator);
        clock.advance(Duration.ofSeconds(45));
        from("192.0.2.1").through(mediator);
    }

    @Test
    void aHeaderThatAnybodyCanWriteMakesNoNewClient() {
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
    void isDeployedOnlyWithBothLimits() {
        RateLimitMediator incomplete = new RateLimitMediator();
        incomplete.setPerAddress("1/60");
        assertThatThrownBy(() -> incomplete.init(null)).isInstanceOf(SynapseException.class);
        assertThatThrownBy(() -> incomplete.setInAll("many")).isInstanceOf(SynapseException.class).hasMessageContaining("'inAll'");
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
