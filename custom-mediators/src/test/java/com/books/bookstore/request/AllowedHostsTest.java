package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = AllowedHosts.parse("api.books.com, Micro-Integrator,*.books.svc");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.books.com",
                "API.Books.com:8290",
                "api.books.com.",
                "micro-integrator:8290",
                "mi.books.svc",
                "a.b.books.svc:80"
            })
    void listedNamesAreAllowed(String host) {
        assertThat(hosts.allows(host)).isTrue();
    }

    /** No name of DNS leads there, and probes use them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8290",
                "shop.localhost",
                "127.0.0.1",
                "10.1.2.3:8290",
                "[::1]:8290",
                "[fd00::17]"
            })
    void addressesAndLocalhostAreAlwaysAllowed(String host) {
        assertThat(AllowedHosts.parse("").allows(host)).isTrue();
        assertThat(hosts.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8290",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "api.books.com.evil.example",
                "xapi.books.com",
                "books.svc",
                "evilbooks.svc",
                "1.2.3",
                "localhost, evil.example",
                "evil.example@localhost",
                "",
                "::1"
            })
    void othersAreNot(String host) {
        assertThat(hosts.allows(host)).isFalse();
    }

    @Test
    void anAsteriskAllowsEveryHostAndARequestWithoutHostIsNoBrowsers() {
        assertThat(AllowedHosts.parse("*").allows("evil.example")).isTrue();
        assertThat(hosts.allows(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://books.com", "books.com:8290", "*books.com", "a b", "books..com"})
    void whatIsNoHostNameIsNamed(String names) {
        assertThatThrownBy(() -> AllowedHosts.parse(names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + names + "' is not a host name");
    }
}
