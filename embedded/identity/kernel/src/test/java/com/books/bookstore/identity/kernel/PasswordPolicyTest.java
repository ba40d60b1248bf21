package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {

    private static final Path REPOSITORY = Path.of("../../..").toAbsolutePath().normalize();
    private static final PasswordPolicy POLICY = new PasswordPolicy(8);

    /** The table of the registration API. */
    private static JsonNode examples() throws IOException {
        return new ObjectMapper()
                .readTree(REPOSITORY
                        .resolve("custom-mediators/src/test/resources/com/books/bookstore/registration/passwords.json")
                        .toFile());
    }

    @Test
    void decidesAsTheRegistrationApi() throws IOException {
        for (JsonNode example : examples()) {
            assertThat(POLICY.accepts(
                            Normalizer.normalize(example.path("password").asText(), Normalizer.Form.NFC)))
                    .as(example.path("why").asText())
                    .isEqualTo(example.path("accepted").asBoolean());
        }
    }

    @Test
    void identityServerIsGivenTheSamePattern() throws IOException {
        JsonNode rule = new ObjectMapper()
                .readTree(REPOSITORY
                        .resolve("scim-workflows/identity-server/password-policy.json")
                        .toFile())
                .at("/regEx/0");

        assertThat(rule.path("validator").asText()).isEqualTo("JsRegExValidator");
        assertThat(rule.at("/properties/0/key").asText()).isEqualTo("regex");
        assertThat(rule.at("/properties/0/value").asText()).isEqualTo(POLICY.pattern());
    }

    @Test
    void acceptsThePasswordsThatItMakes() {
        assertThat(POLICY.accepts(PasswordPolicy.password())).isTrue();
        assertThat(new PasswordPolicy(PasswordPolicy.MAXIMUM_LENGTH).accepts(PasswordPolicy.password()))
                .isTrue();
    }

    @Test
    void theMinimumCanBeSet() {
        assertThat(new PasswordPolicy(12).accepts("Abcdefgh1!x")).isFalse();
        assertThat(new PasswordPolicy(12).accepts("Abcdefgh1!xy")).isTrue();
        assertThat(new PasswordPolicy(12).description()).contains("12 to 64 characters");
        assertThatThrownBy(() -> new PasswordPolicy(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PasswordPolicy(65)).isInstanceOf(IllegalArgumentException.class);
    }
}
