package com.books.bookstore.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

    @Test
    void whatIsNotSetHasADefault() {
        ConnectionSettings settings = Settings.read(Settings.of("https://api.books.example/"));
        assertThat(settings.baseUrl()).hasToString("https://api.books.example");
        assertThat(settings.tokenEndpoint()).isNull();
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "books",
                "ftp://books",
                "http://",
                "http://user:secret@books",
                "http://books/?a=b",
                "http://books#a",
                "http://bo oks"
            })
    void theAddressMustBeOneThatPathsFollow(String baseUrl) {
        assertRefused(Settings.of(baseUrl), "baseUrl");
    }

    @ParameterizedTest
    @CsvSource({"connectTimeout,0", "connectTimeout,soon", "requestTimeout,-1", "requestTimeout,600001"})
    void aTimeoutIsANumberOfMilliseconds(String name, String value) {
        Map<String, String> settings = Settings.of("http://books");
        settings.put(name, value);
        assertRefused(settings, name);
    }

    @Test
    void aTokenEndpointNeedsCredentials() {
        Map<String, String> settings = Settings.of("http://books");
        settings.put("tokenEndpoint", "http://login");
        settings.put("clientSecret", "hidden");
        assertRefused(settings, "clientId");
    }

    @Test
    void connectionsWithTheSameSettingsAreTheSame() {
        Map<String, String> settings = Settings.of("http://books");
        ConnectionSettings one = Settings.read(settings);
        // The access token belongs to the message.
        settings.put("accessToken", "another");
        assertThat(Settings.read(settings)).isEqualTo(one).hasSameHashCodeAs(one);
        settings.put("scopes", "orders:read");
        assertThat(Settings.read(settings)).isNotEqualTo(one);
    }

    @Test
    void trustedCertificatesMustBeAFileWithSome(@TempDir Path directory) throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path broken = Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : new Path[] {empty, broken, directory.resolve("missing.pem")}) {
            Map<String, String> settings = Settings.of("https://books");
            settings.put("trustedCertificates", file.toString());
            ConnectionSettings read = Settings.read(settings);
            assertThatThrownBy(() -> new ShopClient(read, Clock.systemUTC()))
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("trustedCertificates");
        }
    }

    @Test
    void theFaultSequenceFindsWhatIsWrong() {
        Axis2MessageContext message = Settings.message(Settings.of("books"));
        assertThatThrownBy(() -> new Connect().mediate(message)).isInstanceOf(SynapseException.class);
        assertThat(message.getProperty(SynapseConstants.ERROR_CODE)).isEqualTo("709001");
        assertThat(message.getProperty(SynapseConstants.ERROR_MESSAGE)).isEqualTo("BOOKSTORE:CONFIGURATION");
        assertThat(message.getProperty(SynapseConstants.ERROR_DETAIL).toString())
                .contains("baseUrl");
    }

    private static void assertRefused(Map<String, String> settings, String name) {
        assertThatThrownBy(() -> Settings.read(settings))
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("hidden")
                .extracting(error -> ((ApiException) error).errorCode())
                .isEqualTo(ApiException.CONFIGURATION);
    }
}
