package com.books.bookstore.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedPasswordsTest {

    private static final char[] PASSWORD = "right-password".toCharArray();

    private Instant now = Instant.EPOCH;
    private final VerifiedPasswords verified = new VerifiedPasswords(() -> now);

    @Test
    void remembersOnePasswordWithItsHashForFiveMinutes() {
        verified.add(PASSWORD, new byte[] {1}, "salt");

        assertThat(verified.contains(PASSWORD, new byte[] {1}, "salt")).isTrue();
        assertThat(verified.contains(PASSWORD, new byte[] {2}, "salt"))
                .as("after a change of the password")
                .isFalse();
        assertThat(verified.contains("wrong-password".toCharArray(), new byte[] {1}, "salt"))
                .isFalse();
        now = Instant.EPOCH.plus(Duration.ofMinutes(5));
        assertThat(verified.contains(PASSWORD, new byte[] {1}, "salt")).isFalse();
    }

    @Test
    void forgetsTheOldestOfMoreThanAThousand() {
        verified.add(PASSWORD, new byte[] {1}, "first");
        for (int i = 0; i < 1_000; i++) {
            verified.add(PASSWORD, new byte[] {1}, "salt" + i);
        }

        assertThat(verified.contains(PASSWORD, new byte[] {1}, "first")).isFalse();
        assertThat(verified.contains(PASSWORD, new byte[] {1}, "salt0")).isTrue();
    }
}
