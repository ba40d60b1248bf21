package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static final String NAME = "BOOKSTORE_SETTING_OF_A_TEST";

    @AfterEach
    void forget() {
        System.clearProperty(NAME);
    }

    @Test
    void aValueStandsForItself() {
        assertThat(Setting.required("issuer", " https://id.books.com ")).isEqualTo("https://id.books.com");
    }

    @Test
    void aSystemPropertyComesBeforeTheDefault() {
        System.setProperty(NAME, "from the system");

        assertThat(Setting.required("issuer", "env:" + NAME + ":https://localhost:9443/jwks"))
                .isEqualTo("from the system");
    }

    @Test
    void theDefaultMayHaveColons() {
        assertThat(Setting.required("issuer", "env:" + NAME + ":https://localhost:9443/jwks"))
                .isEqualTo("https://localhost:9443/jwks");
    }

    @Test
    void anEnvironmentVariableIsFound() {
        // Every environment has PATH.
        assertThat(Setting.required("issuer", "env:PATH"))
                .isEqualTo(System.getenv("PATH").trim());
    }

    @Test
    void saysWhichVariableIsMissing() {
        assertThatThrownBy(() -> Setting.required("jwksUri", "env:" + NAME))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("jwksUri");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void saysWhichPropertyIsMissing(String value) {
        assertThatThrownBy(() -> Setting.required("issuer", value))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'issuer'");
    }
}
