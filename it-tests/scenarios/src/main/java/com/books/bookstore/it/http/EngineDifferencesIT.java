package com.books.bookstore.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.NeedsControl;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of differences between the engines says the truth about the embedded runtime. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class EngineDifferencesIT {

    private static final String HEADING = "### Differences between the engines";
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @TestFactory
    List<DynamicTest> theTableIsTrue() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String document = Files.readString(Checkout.DIRECTORY.resolve("docs/deployment.md"));
        document.substring(document.indexOf(HEADING))
                .lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .forEach(line -> {
                    String[] cells = line.split("\\s*\\|\\s*");
                    assertThat(cells).hasSize(5);
                    tests.add(DynamicTest.dynamicTest(
                            cells[1],
                            () -> assertThat(answer(cells[1]))
                                    .startsWith("HTTP/1.1 " + cells[2].substring(0, 3))
                                    .contains("\"code\":\"" + code(cells[2]) + "\"")
                                    .containsPattern("(?i)\r\nX-Correlation-ID: [0-9a-f-]{36}\r\n")));
                });
        assertThat(tests).hasSizeGreaterThan(5);
        return tests;
    }

    /**
     * @param request method and target, and header lines, each between backticks; all but the first name what is with or without; the sizes
     *                of a body or a header
     */
    private static String answer(String request) throws IOException {
        URI address = URI.create(BookstoreSystem.apiAddress());
        StringBuilder head = new StringBuilder(code(request) + " HTTP/1.1\r\nConnection: close\r\n");
        if (!request.contains("without `Host`")) {
            head.append("Host: ").append(address.getAuthority()).append("\r\n");
        }
        Matcher with = Pattern.compile("with (?:a second )?" + CODE).matcher(request);
        while (with.find()) {
            head.append(with.group(1)).append("\r\n");
        }
        int header = size("header", request);
        if (header > 0) {
            head.append("X-Large: ").append("x".repeat(header)).append("\r\n");
        }
        int body = size("body", request);
        if (body > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body)
                    .append("\r\n");
        }
        head.append("\r\n").append(" ".repeat(body));
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int size(String part, String request) {
        Matcher size = Pattern.compile("with a " + part + " of ([0-9,]+) bytes").matcher(request);
        return size.find() ? Integer.parseInt(size.group(1).replace(",", "")) : 0;
    }

    /** The first that stands between backticks. */
    private static String code(String cell) {
        Matcher code = CODE.matcher(cell);
        assertThat(code.find()).as(cell).isTrue();
        return code.group(1);
    }
}
