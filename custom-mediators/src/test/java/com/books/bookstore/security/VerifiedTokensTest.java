package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Caller CALLER = new Caller("user-1", null, Set.of());

    @Test
    void believesATokenUntilItsTime() {
        VerifiedTokens tokens = new VerifiedTokens(10);
        tokens.put("token", CALLER, 1000);

        assertThat(tokens.get("token", 999)).isSameAs(CALLER);
        assertThat(tokens.get("token", 1000)).isNull();
        assertThat(tokens.get("other", 0)).isNull();
    }

    @Test
    void neverKeepsMoreThanItsCapacity() {
        VerifiedTokens tokens = new VerifiedTokens(10);
        for (int i = 0; i < 1000; i++) {
            tokens.put("token-" + i, CALLER, 1000);
            assertThat(tokens.size()).isLessThanOrEqualTo(10);
        }
        assertThat(tokens.get("token-999", 0)).isSameAs(CALLER);
        assertThat(tokens.get("token-0", 0)).isNull();
    }

    @Test
    void keepsTokensThatAreInUse() {
        VerifiedTokens tokens = new VerifiedTokens(10);
        tokens.put("busy", CALLER, 1000);
        for (int i = 0; i < 100; i++) {
            tokens.put("token-" + i, CALLER, 1000);
            assertThat(tokens.get("busy", 0)).isSameAs(CALLER);
            assertThat(tokens.size()).isLessThanOrEqualTo(10);
        }
    }
}
