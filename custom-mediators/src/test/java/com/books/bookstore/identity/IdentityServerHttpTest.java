package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real server does not do on demand: connections that break, answers that never come, threads that are interrupted. */
class IdentityServerHttpTest {

    private static final URI USERS = URI.create("https://id.books.com/scim2/Users?filter=secret");

    private final HttpClient client = mock(HttpClient.class);
    private final IdentityServerHttp http = new IdentityServerHttp(client, Duration.ofMillis(50));

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aBrokenConnectionIsTheCause() {
        IOException broken = new IOException("Connection reset");
        answer(CompletableFuture.failedFuture(broken));

        assertThatThrownBy(this::ask)
                .isInstanceOf(IdentityServerException.class)
                .hasMessage("GET /Users failed")
                .hasCause(broken);
    }

    @Test
    void anAnswerThatNeverComesIsGivenUpAndItsExchangeEnds() {
        CompletableFuture<HttpResponse<byte[]>> never = new CompletableFuture<>();
        answer(never);

        assertThatThrownBy(this::ask)
                .isInstanceOf(IdentityServerException.class)
                .hasMessage("GET /Users timed out");
        assertThat(never).isCancelled();
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        CompletableFuture<HttpResponse<byte[]>> never = new CompletableFuture<>();
        answer(never);
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::ask).isInstanceOf(IdentityServerException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(never).isCancelled();
    }

    private void answer(CompletableFuture<HttpResponse<byte[]>> exchange) {
        when(client.<byte[]>sendAsync(any(), any())).thenReturn(exchange);
    }

    private void ask() {
        http.get("GET /Users", USERS, "Bearer token");
    }
}
