package com.books.bookstore.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How many registrations wait for a decision, for callers that ask regularly and must not wait for the identity server.
 *
 * <p>An answer is kept for a while. When it is too old, a thread of its own asks again, one at a time; callers give it a moment. Once it was
 * too slow, or failed, they give it none until an answer has come. Thread-safe.
 */
public final class WaitingRegistrations {

    private final Supplier<OptionalInt> question;
    private final Duration timeToLive;
    private final Duration patience;
    private final Clock clock;

    private CompletableFuture<OptionalInt> running;
    private OptionalInt last = OptionalInt.empty();
    private Instant goodUntil = Instant.MIN;
    private boolean prompt = true;

    /**
     * @param question   asks the identity server, for as long as it takes; nothing if the number is unknown
     * @param timeToLive how long an answer, and the lack of one, is kept
     * @param patience   how long a caller waits for an answer at most
     */
    public WaitingRegistrations(Supplier<OptionalInt> question, Duration timeToLive, Duration patience, Clock clock) {
        this.question = question;
        this.timeToLive = timeToLive;
        this.patience = patience;
        this.clock = clock;
    }

    /** The number, not older than the time to live; nothing if it is not known now. */
    public OptionalInt count() {
        CompletableFuture<OptionalInt> answer;
        synchronized (this) {
            if (running == null) {
                if (clock.instant().isBefore(goodUntil)) {
                    return last;
                }
                running = start();
            }
            if (!prompt) {
                return OptionalInt.empty();
            }
            answer = running;
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            slow(answer);
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The count never fails", e);
        }
    }

    private CompletableFuture<OptionalInt> start() {
        CompletableFuture<OptionalInt> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> ask(answer), "bookstore-waiting-registrations");
        asking.setDaemon(true);
        asking.start();
        return answer;
    }

    private void ask(CompletableFuture<OptionalInt> answer) {
        OptionalInt number = OptionalInt.empty();
        try {
            number = question.get();
        } finally {
            synchronized (this) {
                last = number;
                goodUntil = clock.instant().plus(timeToLive);
                prompt = number.isPresent();
                running = null;
            }
            answer.complete(number);
        }
    }

    private synchronized void slow(CompletableFuture<OptionalInt> answer) {
        if (running == answer) {
            prompt = false;
        }
    }
}
