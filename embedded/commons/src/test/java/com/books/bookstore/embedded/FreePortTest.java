package com.books.bookstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void aServerCanListenOnIt() throws Exception {
        int port = FreePort.next();

        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void portsAreDifferentAndOutsideTheRangeOfOutgoingConnections() {
        assertThat(IntStream.range(0, 500).map(i -> FreePort.next()).boxed())
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(15_000, 31_999));
    }
}
