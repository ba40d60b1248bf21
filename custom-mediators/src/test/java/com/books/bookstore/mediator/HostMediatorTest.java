package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.problem.ProblemType;
import org.junit.jupiter.api.Test;

class HostMediatorTest {

    private final HostMediator mediator = new HostMediator();

    @Test
    void aHostThatIsNotThisServersIsRefused() {
        mediator.setAllowedHosts("api.books.com");

        assertThatCode(() -> request("api.books.com:8290")).doesNotThrowAnyException();
        assertThatThrownBy(() -> request("evil.example:8290"))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.MISDIRECTED_REQUEST));
    }

    /** The fault sequence begins as the request did. */
    @Test
    void whatHasFailedAlreadyIsNotRefusedAgain() {
        TestMessage message = new TestMessage().header("Host", "evil.example");
        assertThat(message.problemFrom(mediator).type()).isEqualTo(ProblemType.MISDIRECTED_REQUEST);

        assertThatCode(() -> message.through(mediator)).doesNotThrowAnyException();
        assertThatCode(() -> new TestMessage()
                        .header("Host", "evil.example")
                        .property("ERROR_CODE", "0")
                        .through(mediator))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutASettingOnlyThisMachineAndAddressesAreMeant() {
        assertThatCode(() -> request("localhost:8290")).doesNotThrowAnyException();
        assertThatThrownBy(() -> request("api.books.com")).isInstanceOf(RefusedRequestException.class);
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> mediator.setAllowedHosts("http://api.books.com"))
                .hasMessage("The setting 'allowedHosts' is not valid: 'http://api.books.com' is not a host name");
    }

    private void request(String host) {
        new TestMessage().header("Host", host).through(mediator);
    }
}
