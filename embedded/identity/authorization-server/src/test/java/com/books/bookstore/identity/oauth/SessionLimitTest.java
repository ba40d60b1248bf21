package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.threeten.extra.MutableClock;

/** However often a browser session is used, it ends. */
@Tag("slow")
@Tag("attack")
class SessionLimitTest {

    @Test
    void a_session_in_use_ends_at_its_limit(@TempDir Path directory) throws Exception {
        MutableClock clock = MutableClock.of(Instant.now(), ZoneOffset.UTC);
        try (AuthorizationServer server = AuthorizationServer.start(
                RunningServer.settings(directory)
                        .sessionLifetime(Duration.ofHours(8))
                        .build(),
                clock)) {
            Visitor visitor = Visitor.of(server);
            visitor.code("customer", Map.of());
            for (int hour = 1; hour < 8; hour++) {
                clock.add(Duration.ofHours(1));
                assertThat(answer(visitor.authorize(with("prompt", "none"))))
                        .as("after " + hour + " hours")
                        .containsKey("code");
            }

            clock.add(Duration.ofHours(1).plusSeconds(1));

            assertThat(answer(visitor.authorize(with("prompt", "none")))).containsEntry("error", "login_required");
        }
    }
}
