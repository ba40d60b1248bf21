package com.books.bookstore.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private final PasswordPolicy policy = new PasswordPolicy(8);

    @ParameterizedTest
    @ValueSource(strings = {"Abcdef1!", "Bag-End-1420", "Pass word1_", "Äpfel und Öl 7€", "📚Ab3defg"})
    void takesWhatHasEverything(String password) {
        assertThat(policy.violations(password)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Abcde1!, must have 8 to 64 characters",
        "abcdefg1!, must contain an uppercase letter",
        "ABCDEFG1!, must contain a lowercase letter",
        "Abcdefgh!, must contain a digit",
        "Abcdefgh1, must contain a symbol",
        "Abcdefg 1, must contain a symbol"
    })
    void saysWhatIsMissing(String password, String violation) {
        assertThat(policy.violations(password)).containsExactly(violation);
    }

    @Test
    void saysEverythingAtOnce() {
        assertThat(policy.violations("")).hasSize(5);
        assertThat(policy.violations("A1!" + "a".repeat(62))).containsExactly("must have 8 to 64 characters");
        assertThat(policy.violations("A1!" + "a".repeat(61))).isEmpty();
    }

    @Test
    void theMinimumCanBeSet() {
        assertThat(new PasswordPolicy(12).violations("Abcdefgh1!x")).containsExactly("must have 12 to 64 characters");
        assertThatThrownBy(() -> new PasswordPolicy(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PasswordPolicy(65)).isInstanceOf(IllegalArgumentException.class);
    }
}
