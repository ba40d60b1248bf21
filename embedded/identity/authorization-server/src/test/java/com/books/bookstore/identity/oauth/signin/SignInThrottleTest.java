package com.books.bookstore.identity.oauth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class SignInThrottleTest {

    private final MutableClock clock = MutableClock.epochUTC();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private void fail(String userName, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(userName, "10.0.0.1");
        }
    }

    @Test
    void a_user_waits_until_the_oldest_failure_is_a_minute_old() {
        fail("ada", 1);
        clock.add(Duration.ofSeconds(20));
        fail("ada", SignInThrottle.FAILURES_PER_USER - 1);

        assertThat(throttle.waitingTime("ada", "10.0.0.2")).isEqualTo(Duration.ofSeconds(40));
        clock.add(Duration.ofSeconds(40));
        assertThat(throttle.waitingTime("ada", "10.0.0.2")).isZero();
    }

    @Test
    void spelling_a_name_otherwise_does_not_help() {
        fail("ada", SignInThrottle.FAILURES_PER_USER);

        assertThat(throttle.waitingTime(" ADA ", "10.0.0.2")).isPositive();
        assertThat(throttle.waitingTime("bob", "10.0.0.2")).isZero();
    }

    @Test
    void signing_in_clears_the_users_failures() {
        fail("ada", SignInThrottle.FAILURES_PER_USER - 1);
        throttle.succeeded("ada");
        fail("ada", 1);

        assertThat(throttle.waitingTime("ada", "10.0.0.1")).isZero();
    }

    @Test
    void an_address_that_tries_many_names_waits_as_a_whole() {
        for (int i = 0; i < SignInThrottle.FAILURES_PER_ADDRESS; i++) {
            throttle.failed("user" + i, "10.0.0.1");
        }

        assertThat(throttle.waitingTime("someone else", "10.0.0.1")).isPositive();
        assertThat(throttle.waitingTime("someone else", "10.0.0.2")).isZero();
    }
}
