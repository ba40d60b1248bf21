package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The APIs count visitors of the storefront by the addresses that they come from. */
@Order(2)
@ExtendWith(SharedBookstore.class)
class VisitorsIT {

    private static final Pattern REMAINING = Pattern.compile("\r\nRateLimit: \"default\";r=(\\d+);");

    private static final String FORGED =
            "X-Forwarded-For: 192.0.2.%d\r\nX-FORWARDED-FOR: 192.0.2.1\r\nX-Proxy-Secret: guessed\r\n";

    /** Other systems have one loopback address only. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void eachVisitorHasItsOwnLimitAndCannotClaimAnotherAddress() throws Exception {
        URI shop = SharedBookstore.bookstore().address("shop");
        URI api = SharedBookstore.bookstore().api();

        int first = remaining(shop, "127.0.0.9", FORGED.formatted(1));
        assertThat(remaining(shop, "127.0.0.9", FORGED.formatted(2))).isEqualTo(first - 1);
        assertThat(remaining(shop, "127.0.0.10", "")).isEqualTo(first);
        assertThat(remaining(api, "127.0.0.9", FORGED.formatted(3))).isEqualTo(first - 2);
    }

    /** After one more registration, which is not complete and therefore none. */
    private static int remaining(URI server, String address, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream()
                    .write(("POST /registrations/v1/registrations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + headers + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher remaining = REMAINING.matcher(answer);
            assertThat(remaining.find()).as(answer).isTrue();
            return Integer.parseInt(remaining.group(1));
        }
    }
}
