package com.books.bookstore.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann@example.com", "Ünal.Ö", "a-b_c+d@mail.example.com", "o'brien"})
    void namesOfUsers(String name) {
        assertThat(Credentials.isUserName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "nope/x",
                "PRIMARY/x",
                "PRIMARY/PRIMARY/x",
                "a\\b",
                "a b",
                "a\nb",
                "a\r\nforged line/x",
                "a\tb",
                "a\u0000b",
                "a\u0085b",
                "a\u009bb",
                "a\u202eb",
                "a\u2028b",
                "ann*",
                "an?",
                "ann%",
                "a,b",
                "a;b",
                "\"ann\"",
                "<ann>"
            })
    void textsThatAreNotNamesOfUsers(String name) {
        assertThat(Credentials.isUserName(name)).isFalse();
    }

    @Test
    void aNameHasAtMost254Characters() {
        assertThat(Credentials.isUserName("a".repeat(254))).isTrue();
        assertThat(Credentials.isUserName("a".repeat(255))).isFalse();
        assertThat(Credentials.isUserName(null)).isFalse();
    }

    @Test
    void aPasswordIsComparedInOneFormAndNotTrimmed() {
        assertThat(Credentials.normalize("pa\u0308ssword 1")).isEqualTo("pässword 1");
        assertThat(Credentials.normalize(" password ")).isEqualTo(" password ");
    }
}
