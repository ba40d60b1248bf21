package com.books.bookstore.identity.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class SignInThrottleTest {

    private static final String OWNER = "192.0.2.1";
    private static final String STRANGER = "198.51.100.7";

    private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private final SignInThrottle throttle = new SignInThrottle(clock);

    private boolean guess(String account, String address) {
        if (!throttle.begin(account, address).isZero()) {
            return false;
        }
        throttle.refused(account, address);
        return true;
    }

    private void refuse(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(guess(account, address)).isTrue();
        }
    }

    @Test
    void five_attempts_are_free_and_the_waits_after_them_double() {
        refuse(5, "ada", STRANGER);

        assertThat(throttle.begin("ada", STRANGER)).isEqualTo(Duration.ofSeconds(15));
        clock.add(Duration.ofSeconds(15));
        refuse(1, "ada", STRANGER);
        assertThat(throttle.begin("ada", STRANGER)).isEqualTo(Duration.ofSeconds(30));
        clock.add(Duration.ofSeconds(30));
        refuse(1, "ada", STRANGER);
        assertThat(throttle.begin("ada", STRANGER)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void an_hour_of_patient_guessing_yields_few_looks() {
        long looks = IntStream.range(0, 3600)
                .filter(second -> {
                    clock.add(Duration.ofSeconds(1));
                    return guess("ada", STRANGER);
                })
                .count();

        assertThat(looks).isLessThan(20);
    }

    @Test
    void the_addresses_of_one_ipv6_network_count_as_one() {
        IntStream.range(0, 5).forEach(host -> refuse(1, "ada", "2001:db8:1:2::" + host));

        assertThat(guess("ada", "[2001:db8:1:2:ffff::1]")).isFalse();
        assertThat(guess("ada", "2001:0db8:0001:0002:0:0:0:9")).isFalse();
        assertThat(guess("ada", "2001:db8:1:3::1")).isTrue();
    }

    @Test
    void of_attempts_at_once_no_more_are_looked_at_than_are_free() {
        long looks = IntStream.range(0, 30)
                .filter(attempt -> throttle.begin("ada", STRANGER).isZero())
                .count();

        assertThat(looks).isEqualTo(5);
    }

    @Test
    void after_a_wait_one_attempt_is_looked_at_and_not_a_burst() {
        refuse(5, "ada", STRANGER);
        clock.add(Duration.ofSeconds(15));

        assertThat(IntStream.range(0, 30)
                        .filter(attempt -> throttle.begin("ada", STRANGER).isZero())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void wrong_tries_of_a_stranger_do_not_keep_the_owner_out() {
        refuse(5, "ada", STRANGER);

        assertThat(throttle.begin("ada", OWNER)).isZero();
        throttle.accepted("ada", OWNER);
        assertThat(throttle.begin("ada", OWNER)).isZero();
    }

    @Test
    void guesses_from_many_addresses_delay_the_owner_for_seconds_only() {
        for (int i = 0; i < 200; i++) {
            guess("ada", "203.0.113." + i);
            clock.add(Duration.ofSeconds(1));
        }

        assertThat(throttle.begin("ada", OWNER)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void guesses_from_many_addresses_are_slowed_down() {
        long looks = IntStream.range(0, 200)
                .filter(i -> guess("ada", "203.0.113." + i))
                .count();

        assertThat(looks).isEqualTo(20);
    }

    @Test
    void one_address_cannot_try_one_password_at_all_accounts() {
        long looks =
                IntStream.range(0, 200).filter(i -> guess("user" + i, STRANGER)).count();

        assertThat(looks).isEqualTo(50);
    }

    @Test
    void an_account_of_the_guesser_does_not_clear_the_address() {
        for (int i = 0; i < 60; i++) {
            guess("user" + i, STRANGER);
            if (throttle.begin("own", STRANGER).isZero()) {
                throttle.accepted("own", STRANGER);
            }
        }

        assertThat(throttle.begin("user99", STRANGER)).isPositive();
    }

    @Test
    void the_right_password_clears_the_account() {
        refuse(4, "ada", OWNER);
        assertThat(throttle.begin("ada", OWNER)).isZero();
        throttle.accepted("ada", OWNER);

        refuse(5, "ada", OWNER);
        assertThat(throttle.begin("ada", OWNER)).isPositive();
    }

    @Test
    void an_attempt_that_could_not_be_looked_at_counts_for_nothing() {
        for (int i = 0; i < 30; i++) {
            assertThat(throttle.begin("ada", OWNER)).isZero();
            throttle.cancelled("ada", OWNER);
        }
    }

    @Test
    void after_a_quiet_hour_the_free_attempts_start_again() {
        refuse(5, "ada", OWNER);

        clock.add(SignInThrottle.MEMORY.plusSeconds(1));
        refuse(5, "ada", OWNER);
    }

    @Test
    void memory_is_limited() {
        for (int i = 0; i < 20_000; i++) {
            guess("user" + i, "2001:db8:" + Integer.toHexString(i) + "::1");
        }
        assertThat(throttle.begin("user19999", "2001:db8::1")).isZero();
    }

    @Test
    void attempts_that_have_to_wait_do_not_make_others_forgotten() {
        refuse(5, "ada", STRANGER);
        for (int i = 0; i < 45; i++) {
            refuse(1, "name" + i, STRANGER);
        }

        for (int i = 0; i < 20_000; i++) {
            assertThat(guess("other" + i, STRANGER)).isFalse();
        }

        clock.add(Duration.ofSeconds(14));
        assertThat(throttle.begin("ada", STRANGER)).isPositive();
        clock.add(Duration.ofSeconds(1));
        refuse(1, "ada", STRANGER);
        assertThat(throttle.begin("ada", STRANGER)).isEqualTo(Duration.ofSeconds(30));
    }
}
