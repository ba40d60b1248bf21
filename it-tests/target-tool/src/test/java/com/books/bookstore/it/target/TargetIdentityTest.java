package com.books.bookstore.it.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TargetIdentityTest {

    @Test
    void aWayThatDoesNotExistIsNamedWithThoseThatDo() {
        assertThatThrownBy(() -> client(Map.of("identity", "https://is.example", "sign-in", "magic")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("form, app-native, password");
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatThrownBy(() -> client(Map.of("identity", "https://is.example")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("client.id");
        assertThatThrownBy(() -> client(Map.of("sign-in", "app-native", "client.id", "tests")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("identity");
    }

    @Test
    void aTokenEndpointIsEnoughForThePasswordGrant() throws Exception {
        Map<String, String> options = Map.of("token.url", "https://is.example/token", "client.id", "tests");

        assertThat(TargetIdentity.isKnown(settings(options))).isTrue();
        assertThat(client(options)).isNotNull();
        assertThat(TargetIdentity.isKnown(settings(Map.of()))).isFalse();
    }

    private static Object client(Map<String, String> options) throws Exception {
        return TargetIdentity.client(settings(options), SSLContext.getDefault());
    }

    private static TargetSettings settings(Map<String, String> options) {
        return TargetSettings.of("http://localhost:1", options, Path.of("."), name -> null);
    }
}
