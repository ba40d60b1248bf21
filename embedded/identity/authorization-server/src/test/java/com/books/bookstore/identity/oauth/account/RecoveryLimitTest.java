package com.books.bookstore.identity.oauth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class RecoveryLimitTest {

    private final RecoveryLimit limit = new RecoveryLimit(Clock.systemUTC());

    @Test
    void refused_requests_do_not_make_what_an_address_got_forgotten() {
        for (int i = 0; i < RecoveryLimit.PER_EMAIL; i++) {
            assertThat(limit.allows("jane@example.com", "198.51.100." + i)).isTrue();
        }
        for (int i = 0; i < RecoveryLimit.PER_CLIENT; i++) {
            assertThat(limit.allows(i + "@example.org", "192.0.2.1")).isTrue();
        }

        for (int i = 0; i < 20_000; i++) {
            assertThat(limit.allows(i + "@example.net", "192.0.2.1")).isFalse();
        }

        assertThat(limit.allows("jane@example.com", "198.51.100.9")).isFalse();
    }
}
