package com.books.bookstore.connector.api;

import com.books.bookstore.connector.message.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** How to reach the shop. Two connections with the same settings share one client and its access token. Immutable. */
final class ConnectionSettings {

    private static final long MAX_TIMEOUT_MILLIS = 600_000;

    private final List<String> values;
    private final URI baseUrl;
    private final URI tokenEndpoint;
    private final Duration connectTimeout;
    private final Duration requestTimeout;

    private ConnectionSettings(List<String> values) {
        this.values = values;
        baseUrl = address("baseUrl", values.get(0));
        tokenEndpoint = values.get(1).isEmpty() ? null : address("tokenEndpoint", values.get(1));
        connectTimeout = timeout("connectTimeout", values.get(6));
        requestTimeout = timeout("requestTimeout", values.get(7));
        if (tokenEndpoint != null && (clientId().isEmpty() || clientSecret().isEmpty())) {
            throw ApiException.configuration(
                    "The connection has a tokenEndpoint and needs clientId and clientSecret too");
        }
    }

    /** @throws ApiException naming the setting that is missing or wrong, without its value if it is a secret */
    static ConnectionSettings of(Parameters parameters) {
        return new ConnectionSettings(List.of(
                parameters.text("baseUrl"),
                parameters.text("tokenEndpoint"),
                parameters.text("clientId"),
                parameters.text("clientSecret"),
                parameters.text("scopes"),
                parameters.text("trustedCertificates"),
                parameters.text("connectTimeout", "5000"),
                parameters.text("requestTimeout", "30000")));
    }

    private static URI address(String name, String value) {
        if (value.isEmpty()) {
            throw ApiException.configuration("The connection needs the setting " + name);
        }
        try {
            URI address = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // As any other text that is not such an address.
        }
        throw ApiException.configuration(
                "The setting " + name + " must be an http or https URL without user, query and fragment");
    }

    private static Duration timeout(String name, String value) {
        try {
            long millis = Long.parseLong(value);
            if (millis > 0 && millis <= MAX_TIMEOUT_MILLIS) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // As a number out of range.
        }
        throw ApiException.configuration(
                "The setting " + name + " must be milliseconds from 1 to " + MAX_TIMEOUT_MILLIS + ", not: " + value);
    }

    URI baseUrl() {
        return baseUrl;
    }

    /** Null for a connection without client credentials. */
    URI tokenEndpoint() {
        return tokenEndpoint;
    }

    String clientId() {
        return values.get(2);
    }

    String clientSecret() {
        return values.get(3);
    }

    /** Separated by spaces; empty for what the provider gives by default. */
    String scopes() {
        return values.get(4);
    }

    /** Path of a PEM file; empty for the certificates that the JVM trusts. */
    String trustedCertificates() {
        return values.get(5);
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionSettings && values.equals(((ConnectionSettings) other).values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
