package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class RateLimiterTest {

    private final MutableClock clock = MutableClock.epochUTC();

    @Test
    void aClientMayUseAllItHasAtOnceAndGetsMoreWithTime() {
        RateLimiter limiter = limiter("3/60", "1000/60");

        assertThat(limiter.take("a").remaining()).isEqualTo(2);
        assertThat(limiter.take("a").remaining()).isEqualTo(1);
        assertThat(limiter.take("a").remaining()).isZero();
        RateLimiter.Decision refused = limiter.take("a");
        assertThat(refused.passes()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(20));

        clock.add(Duration.ofSeconds(19));
        assertThat(limiter.take("a").retryAfter()).isEqualTo(Duration.ofSeconds(1));
        clock.add(Duration.ofSeconds(1));
        assertThat(limiter.take("a").passes()).isTrue();
        assertThat(limiter.take("a").passes()).isFalse();
    }

    @Test
    void clientsDoNotTakeFromEachOther() {
        RateLimiter limiter = limiter("1/60", "1000/60");

        assertThat(limiter.take("a").passes()).isTrue();
        assertThat(limiter.take("a").passes()).isFalse();
        assertThat(limiter.take("b").passes()).isTrue();
    }

    @Test
    void allTogetherHaveALimitToo() {
        RateLimiter limiter = limiter("10/60", "2/60");

        limiter.take("a");
        limiter.take("b");
        RateLimiter.Decision refused = limiter.take("c");
        assertThat(refused.passes()).isFalse();
        assertThat(refused.limit().requests()).isEqualTo(2);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoIsRefusedTakesNothingFromTheOthers() {
        RateLimiter limiter = limiter("1/60", "2/60");

        limiter.take("a");
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take("a").passes()).isFalse();
        }
        assertThat(limiter.take("b").passes()).isTrue();
    }

    @Test
    void remembersSoManyClientsAndNotMore() {
        RateLimiter limiter = new RateLimiter(RateLimit.parse("1/60"), RateLimit.parse("100000/60"), 100, clock);

        for (int i = 0; i < 10_000; i++) {
            limiter.take("client " + i);
        }
        assertThat(limiter.rememberedClients()).isEqualTo(100);
        assertThat(limiter.take("client 9999").passes()).isFalse();
    }

    @Property(tries = 300)
    void inNoWindowDoesAClientGetMoreThanTwiceItsLimitAndAfterAQuietOneItGetsAll(
            @ForAll @IntRange(min = 1, max = 20) int requests,
            @ForAll @IntRange(min = 1, max = 50) int window,
            @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 3000) Integer> pauses) {
        MutableClock time = MutableClock.epochUTC();
        RateLimiter limiter = new RateLimiter(
                new RateLimit(requests, Duration.ofSeconds(window)), RateLimit.parse("999999999/1"), 10, time);
        TreeMap<Long, Integer> passed = new TreeMap<>();
        long now = 0;
        for (int pause : pauses) {
            time.add(Duration.ofMillis(pause));
            now += pause;
            if (limiter.take("a").passes()) {
                passed.merge(now, 1, Integer::sum);
            }
        }
        for (long start : passed.keySet()) {
            Map<Long, Integer> inWindow = passed.subMap(start, start + window * 1000L);
            // A full bucket, and what flows into it during the window.
            assertThat(inWindow.values().stream().mapToInt(Integer::intValue).sum())
                    .isLessThanOrEqualTo(2 * requests);
        }
        time.add(Duration.ofSeconds(window));
        for (int i = 0; i < requests; i++) {
            assertThat(limiter.take("a").passes()).isTrue();
        }
        assertThat(limiter.take("a").passes()).isFalse();
    }

    @Property(tries = 200)
    void whoWaitsAsLongAsToldPasses(
            @ForAll @IntRange(min = 1, max = 1000) int requests, @ForAll @IntRange(min = 1, max = 100_000) int window) {
        MutableClock time = MutableClock.epochUTC();
        RateLimiter limiter = new RateLimiter(
                new RateLimit(requests, Duration.ofSeconds(window)), RateLimit.parse("999999999/1"), 10, time);
        RateLimiter.Decision decision = limiter.take("a");
        while (decision.passes()) {
            decision = limiter.take("a");
        }
        time.add(decision.retryAfter());
        assertThat(limiter.take("a").passes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10/", "/10", "0/10", "10/0", "-1/10", "1.5/10", "10/10/10", "9999999999/1"})
    void aLimitIsRequestsAndSeconds(String text) {
        assertThatThrownBy(() -> RateLimit.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private RateLimiter limiter(String perClient, String inAll) {
        return new RateLimiter(RateLimit.parse(perClient), RateLimit.parse(inAll), 1000, clock);
    }
}
