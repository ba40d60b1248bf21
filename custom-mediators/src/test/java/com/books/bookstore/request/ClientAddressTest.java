package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @Test
    void withoutProxiesTheConnectionCounts() {
        assertThat(ClientAddress.of("192.0.2.1", "198.51.100.7", 0)).isEqualTo("192.0.2.1");
        assertThat(ClientAddress.of(null, null, 0)).isEqualTo("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7|1|198.51.100.7",
                "1.1.1.1, 198.51.100.7|1|198.51.100.7",
                "1.1.1.1, 198.51.100.7, 10.0.0.2|2|198.51.100.7",
                "198.51.100.7|3|198.51.100.7",
                "198.51.100.7:4711|1|198.51.100.7"
            })
    void behindProxiesWhatTheyWroteCounts(String forwardedFor, int proxies, String client) {
        assertThat(ClientAddress.of("10.0.0.1", forwardedFor, proxies)).isEqualTo(client);
    }

    @Test
    void behindProxiesThatWriteNothingTheConnectionCounts() {
        assertThat(ClientAddress.of("10.0.0.1", null, 1)).isEqualTo("10.0.0.1");
    }

    @Test
    void ofAnIpv6AddressTheNetworkCounts() {
        String one = ClientAddress.of("2001:db8:1:2:3:4:5:6", null, 0);

        assertThat(ClientAddress.of("2001:db8:1:2::99", null, 0)).isEqualTo(one);
        assertThat(ClientAddress.of("[2001:db8:1:2::1]:443", null, 0)).isEqualTo(one);
        assertThat(ClientAddress.of("2001:db8:1:3::1", null, 0)).isNotEqualTo(one);
        assertThat(ClientAddress.of("::ffff:192.0.2.1", null, 0)).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "a:b:c:d:e", "example.com", "::1::2"})
    void textThatIsNoAddressMakesNoNewClient(String text) {
        assertThat(ClientAddress.of("10.0.0.1", text, 1)).isEqualTo("unknown");
    }
}
