package com.books.bookstore.apim;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.junit.MiRuntimeExtension;
import com.books.bookstore.runtime.support.HttpApi;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sequence of API Manager's gateway, which is Synapse too: what it tells the backend about the client's address. */
class GatewaySequenceTest {

    private static final Path SEQUENCE = Path.of("gateway/WSO2AM--Ext--In.xml");

    private static final HttpServer BACKEND = backend();

    @RegisterExtension
    static final MiRuntimeExtension GATEWAY = MiRuntimeExtension.withCar(gateway());

    private static HttpServer backend() {
        try {
            HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            backend.createContext("/", exchange -> {
                byte[] answer = String.join(
                                " and ",
                                exchange.getRequestHeaders()
                                        .getOrDefault("X-Forwarded-For", java.util.List.of("nothing")))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/plain");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            backend.start();
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path gateway() {
        try {
            String sequence = Files.readString(SEQUENCE);
            String call = "<call><endpoint><http method=\"get\" uri-template=\"http://localhost:"
                    + BACKEND.getAddress().getPort() + "/\"/></endpoint></call><respond/>";
            return car("gateway")
                    .sequence(
                            "WSO2AM--Ext--In",
                            sequence.substring(sequence.indexOf("<property"), sequence.lastIndexOf("</sequence>")))
                    .flow("GatewayAPI", "/gateway", "<sequence key=\"WSO2AM--Ext--In\"/>" + call)
                    .writeTo(Path.of("target"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        BACKEND.stop(0);
    }

    /** API Manager 4.7 refuses a sequence with other mediators (default.json of wso2/product-apim, v4.7.0); 4.5 and 4.6 allow all. */
    @Test
    void usesOnlyMediatorsThatTheGatewayAllows() throws IOException {
        Set<String> allowed = Set.of(
                ("aggregate,builder,cache,call,class,clone,drop,enrich,filter,foreach,header,in,iterate,log,loopback,makefault,"
                                + "opa,out,payloadfactory,property,propertygroup,respond,rewrite,scatter-gather,script,send,sequence,switch,throwerror,variable")
                        .split(","));
        Set<String> used = Pattern.compile("<([a-zA-Z-]+)[ >/]")
                .matcher(Files.readString(SEQUENCE).replaceAll("(?s)<!--.*?-->", ""))
                .results()
                .map(element -> element.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).contains("property");
        used.removeAll(Set.of("sequence", "then", "else"));
        assertThat(allowed).containsAll(used);
    }

    @Test
    void addsTheCallersAddress() {
        assertThat(new HttpApi(GATEWAY.baseUri()).get("/gateway").body()).isEqualTo("127.0.0.1");
    }

    @Test
    void appendsToTheHeaderOfAProxyInFront() {
        assertThat(new HttpApi(GATEWAY.baseUri())
                        .get("/gateway", "X-Forwarded-For", "198.51.100.7")
                        .body())
                .isEqualTo("198.51.100.7, 127.0.0.1");
    }

    /** The backend would trust a second header, because it comes after the gateway's address. */
    @Test
    void dropsASecondHeader() throws IOException {
        try (Socket socket =
                new Socket(GATEWAY.baseUri().getHost(), GATEWAY.baseUri().getPort())) {
            PrintWriter request = new PrintWriter(socket.getOutputStream(), false, StandardCharsets.US_ASCII);
            request.print("GET /gateway HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
            request.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("198.51.100.7, 127.0.0.1").doesNotContain("203.0.113.9");
        }
    }
}
