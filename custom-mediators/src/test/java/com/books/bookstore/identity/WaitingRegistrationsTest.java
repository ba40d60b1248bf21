package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class WaitingRegistrationsTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final MutableClock clock = MutableClock.epochUTC();
    private final AtomicInteger asked = new AtomicInteger();
    private final BlockingQueue<OptionalInt> answers = new LinkedBlockingQueue<>();

    /** Patient callers wait for a test's answer, however slow the machine is; impatient ones do not wait at all. */
    private WaitingRegistrations waiting(Duration patience) {
        return new WaitingRegistrations(
                () -> {
                    asked.incrementAndGet();
                    try {
                        return answers.take();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Duration.ofSeconds(10),
                patience,
                clock);
    }

    @Test
    void anAnswerIsKeptForAWhile() {
        WaitingRegistrations waiting = waiting(LONG);
        answers.add(OptionalInt.of(3));
        assertThat(waiting.count()).hasValue(3);
        clock.add(Duration.ofSeconds(9));
        assertThat(waiting.count()).hasValue(3);
        assertThat(asked).hasValue(1);

        clock.add(Duration.ofSeconds(1));
        answers.add(OptionalInt.of(0));
        assertThat(waiting.count()).hasValue(0);
    }

    @Test
    void whoIsNotAnsweredInTimeGoesOnAndTheAnswerIsKeptForTheNext() {
        WaitingRegistrations waiting = waiting(Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            assertThat(waiting.count()).isEmpty();
        }
        answers.add(OptionalInt.of(3));
        await().until(() -> waiting.count().equals(OptionalInt.of(3)));
        assertThat(asked).hasValue(1);
    }

    @Test
    void afterAFailureNoCallerWaitsUntilAnAnswerHasCome() {
        WaitingRegistrations waiting = waiting(LONG);
        answers.add(OptionalInt.empty());
        assertThat(waiting.count()).isEmpty();
        assertThat(waiting.count()).isEmpty();
        assertThat(asked).hasValue(1);

        clock.add(Duration.ofSeconds(10));
        // A caller with patience would stand here for ever: there is no answer yet.
        assertThat(waiting.count()).isEmpty();
        answers.add(OptionalInt.of(4));
        await().until(() -> waiting.count().equals(OptionalInt.of(4)));

        clock.add(Duration.ofSeconds(10));
        answers.add(OptionalInt.of(5));
        assertThat(waiting.count()).hasValue(5);
    }
}
