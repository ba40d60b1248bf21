package com.books.bookstore.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordPolicyTest {

    private final PasswordPolicy policy = new PasswordPolicy(8);

    /** The same table is held against the embedded identity server, Identity Server's configuration and the storefront. */
    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        for (JsonNode example : new ObjectMapper().readTree(PasswordPolicyTest.class.getResource("passwords.json"))) {
            examples.add(arguments(
                    example.path("why").asText(),
                    example.path("password").asText(),
                    example.path("accepted").asBoolean()));
        }
        return examples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void decidesAsEveryOtherDoor(String why, String password, boolean accepted) {
        assertThat(policy.violations(password).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "Abcde1!, must have 8 to 64 characters",
        "abcdefg1!, must contain an uppercase letter (A to Z)",
        "ABCDEFG1!, must contain a lowercase letter (a to z)",
        "Abcdefgh!, must contain a digit (0 to 9)",
        "Abcdefgh1, 'must contain a symbol or another character besides A to Z, a to z and 0 to 9'",
        "' Abcdef1!', must not begin or end with a space",
        "'Abcdef1! ', must not begin or end with a space"
    })
    void saysWhatIsMissing(String password, String violation) {
        assertThat(policy.violations(password)).containsExactly(violation);
    }

    @Test
    void saysEverythingAtOnce() {
        assertThat(policy.violations("")).hasSize(5);
        assertThat(policy.violations("Abcdef1!\u0007")).containsExactly("must not contain control characters");
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
