package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

class ServiceTokensTest {

    private final MutableClock clock = MutableClock.epochUTC();
    private final AtomicInteger issued = new AtomicInteger();
    private final StubServer server = new StubServer(request -> issue(request, "600"));
    private final ServiceTokens tokens = new ServiceTokens(
            new IdentityServerHttp(Duration.ofSeconds(20)),
            server.address("/token"),
            "the client",
            "se:cret",
            "one two",
            clock);

    private void issue(StubServer.Request request, String expiresIn) throws java.io.IOException {
        request.answer(
                200,
                "{\"access_token\":\"token-" + issued.incrementAndGet() + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                        + expiresIn + "}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksByTheClientCredentialsGrant() {
        tokens.token();

        StubServer.Request request = server.requests().get(0);
        assertThat(request.line()).isEqualTo("POST /token");
        assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=one+two");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        // "the+client:se%3Acret", as RFC 6749 wants it
        assertThat(request.header("Authorization")).isEqualTo("Basic dGhlK2NsaWVudDpzZSUzQWNyZXQ=");
    }

    @Test
    void keepsATokenUntilShortlyBeforeItExpires() {
        assertThat(tokens.token()).isEqualTo("token-1");
        clock.add(Duration.ofSeconds(569));
        assertThat(tokens.token()).isEqualTo("token-1");
        clock.add(Duration.ofSeconds(1));
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void usesShortLivedTokensForHalfTheirLife() {
        server.answerWith(request -> issue(request, "10"));
        tokens.token();
        clock.add(Duration.ofSeconds(4));
        assertThat(tokens.token()).isEqualTo("token-1");
        clock.add(Duration.ofSeconds(1));
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void doesNotBelieveInEternalTokens() {
        server.answerWith(request -> issue(request, "9000000000"));
        tokens.token();
        clock.add(ServiceTokens.LONGEST_LIFE);
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void getsAnotherTokenAfterOneWasRefused() {
        tokens.token();
        tokens.forget("an older one");
        assertThat(tokens.token()).isEqualTo("token-1");
        tokens.forget("token-1");
        assertThat(tokens.token()).isEqualTo("token-2");
    }

    @Test
    void manyThatNeedATokenAtOnceAskOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        server.answerWith(request -> {
            arrived.countDown();
            await(mayAnswer);
            issue(request, "600");
        });
        List<Future<String>> results = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(12);
        try {
            CyclicBarrier start = new CyclicBarrier(12);
            for (int i = 0; i < 12; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    return tokens.token();
                }));
            }
            await(arrived);
            mayAnswer.countDown();
            for (Future<String> result : results) {
                assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("token-1");
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aFailureIsNotRememberedAndTellsNoSecret() {
        server.answerWith(request -> request.answer(401, "{\"error\":\"invalid_client\"}"));
        assertThatThrownBy(tokens::token)
                .isInstanceOf(IdentityServerException.class)
                .hasStackTraceContaining("returned status 401")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("se:cret"));
        server.answerWith(request -> request.answer(200, "not json"));
        assertThatThrownBy(tokens::token).isInstanceOf(IdentityServerException.class);
        server.answerWith(request -> request.answer(503, ""));
        assertThatThrownBy(tokens::token).isInstanceOf(IdentityServerException.class);
        server.answerWith(request -> issue(request, "600"));
        assertThat(tokens.token()).isEqualTo("token-1");
    }

    @Test
    void aServerThatIsNotThereIsAFailure() {
        server.close();
        assertThatThrownBy(tokens::token)
                .isInstanceOf(IdentityServerException.class)
                .hasStackTraceContaining("ConnectException");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsAFailure() {
        CountDownLatch never = new CountDownLatch(1);
        server.answerWith(request -> await(never));
        ServiceTokens impatient = new ServiceTokens(
                new IdentityServerHttp(Duration.ofMillis(200)), server.address("/token"), "c", "s", "", clock);

        assertThatThrownBy(impatient::token).isInstanceOf(IdentityServerException.class);
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
