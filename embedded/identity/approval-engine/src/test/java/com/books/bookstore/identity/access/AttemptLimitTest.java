package com.books.bookstore.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {

    private final TestClock clock = new TestClock();
    private final AttemptLimit attempts = new AttemptLimit(clock);

    @Test
    void ofManyAttemptsAtOnceOnlyFiveAreChecked() {
        int checked = 0;
        for (int i = 0; i < 30; i++) {
            checked += attempts.begin("ann").isZero() ? 1 : 0;
        }

        assertThat(checked).isEqualTo(AttemptLimit.FREE);
    }

    @Test
    void eachWrongPasswordAfterFiveWaitsTwiceAsLongUpToAMinute() {
        for (int i = 0; i < AttemptLimit.FREE; i++) {
            guess();
        }
        for (Duration wait = Duration.ofSeconds(1); wait.toSeconds() < 60; wait = wait.multipliedBy(2)) {
            assertThat(attempts.begin("ann")).isEqualTo(wait);
            clock.now = clock.now.plus(wait);
            guess();
        }
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.begin("ann")).isEqualTo(AttemptLimit.LONGEST_WAIT);
            clock.now = clock.now.plus(AttemptLimit.LONGEST_WAIT);
            guess();
        }
    }

    @Test
    void theRightPasswordClearsTheAccountAndOthersAreNotAffected() {
        for (int i = 0; i < AttemptLimit.FREE; i++) {
            guess();
        }
        assertThat(attempts.begin("ben")).isZero();

        clock.now = clock.now.plusSeconds(1);
        assertThat(attempts.begin("ann")).isZero();
        attempts.right("ann");

        assertThat(attempts.begin("ann")).isZero();
    }

    private void guess() {
        assertThat(attempts.begin("ann")).isZero();
        attempts.wrong("ann");
    }

    private static final class TestClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
