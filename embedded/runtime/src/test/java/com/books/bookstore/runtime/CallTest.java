package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.HttpApi;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that call HTTP endpoints. */
class CallTest {

    private static final String REPORT =
            "<payloadFactory media-type=\"text\"><format>$1</format><args><arg expression=\"$ctx:ERROR_CODE\"/></args>"
                    + "</payloadFactory><property name=\"HTTP_SC\" value=\"502\" scope=\"axis2\"/><respond/>";

    private static HttpServer backend;
    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().contains("slow")) {
                return;
            }
            String answer = "{\"method\":\"" + exchange.getRequestMethod() + "\",\"uri\":\"" + exchange.getRequestURI()
                    + "\",\"type\":\""
                    + exchange.getRequestHeaders().getFirst("Content-Type") + "\",\"custom\":\""
                    + exchange.getRequestHeaders().getFirst("X-Custom")
                    + "\",\"bytes\":" + request.length + "}";
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().contains("accepted") ? 202 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        backend.start();
        String address = "http://localhost:" + backend.getAddress().getPort();
        String dead;
        try (ServerSocket unused = new ServerSocket(0)) {
            dead = "http://localhost:" + unused.getLocalPort();
        }
        runtime = EmbeddedRuntime.builder()
                .car(car("calls")
                        .xml(
                                "Backend",
                                "synapse/endpoint",
                                "<endpoint name=\"Backend\"><http method=\"get\" uri-template=\"" + address
                                        + "/books/{uri.var.bookId}?q={query.param.q}\"><suspendOnFailure><errorCodes>-1</errorCodes></suspendOnFailure></http></endpoint>")
                        .api(
                                "NamedAPI",
                                "/named",
                                "<resource methods=\"GET\" uri-template=\"/{bookId}\"><inSequence>"
                                        + "<call><endpoint key=\"Backend\"/></call><respond/></inSequence></resource>")
                        .flow(
                                "InlineAPI",
                                "/inline",
                                endpoint("", "<http method=\"POST\" uri-template=\"" + address + "/in\"/>")
                                        + "<respond/>")
                        .flow(
                                "AddressAPI",
                                "/address",
                                endpoint("blocking=\"true\"", "<address uri=\"" + address + "/base\"/>") + "<respond/>")
                        .flow(
                                "AcceptedAPI",
                                "/accepted",
                                endpoint("", "<http method=\"get\" uri-template=\"" + address + "/accepted\"/>")
                                        + "<property name=\"HTTP_SC\" value=\"200\" scope=\"axis2\"/><respond/>")
                        .api(
                                "DeadAPI",
                                "/dead",
                                faulty(
                                        endpoint(
                                                "",
                                                "<http method=\"get\" uri-template=\"" + dead
                                                        + "/x\"><suspendOnFailure><initialDuration>60000</initialDuration>"
                                                        + "<progressionFactor>2.0</progressionFactor><maximumDuration>90000</maximumDuration></suspendOnFailure>"
                                                        + "<markForSuspension><retriesBeforeSuspension>0</retriesBeforeSuspension></markForSuspension></http>")))
                        .api(
                                "SlowAPI",
                                "/slow",
                                faulty(
                                        endpoint(
                                                "",
                                                "<http method=\"get\" uri-template=\"" + address
                                                        + "/slow\"><timeout><duration>100</duration><responseAction>fault</responseAction></timeout></http>")))
                        .writeTo(directory))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() {
        runtime.close();
        backend.stop(0);
    }

    private static String endpoint(String attributes, String content) {
        return "<call " + attributes + "><endpoint>" + content + "</endpoint></call>";
    }

    private static String faulty(String mediators) {
        return "<resource methods=\"GET\"><inSequence>" + mediators + "<respond/></inSequence><faultSequence>" + REPORT
                + "</faultSequence></resource>";
    }

    @Test
    void aNamedEndpointTakesVariablesAndItsOwnMethod() {
        assertThat(http.get("/named/a%2Fb?q=x%20y", "X-Custom", "7").body())
                .contains("\"method\":\"GET\"")
                .contains("\"uri\":\"/books/a%2Fb?q=x%20y\"")
                .contains("\"custom\":\"7\"");
    }

    @Test
    void theBodyAndItsTypeGoAlong() {
        assertThat(http.postJson("/inline", "{\"a\":1}").body())
                .contains("\"method\":\"POST\"")
                .contains("\"uri\":\"/in\"")
                .contains("\"type\":\"application/json; charset=UTF-8\"")
                .contains("\"bytes\":7");
    }

    @Test
    void aBlockingCallAppendsTheRestOfThePath() {
        assertThat(http.get("/address/rest?x=1").body()).contains("\"uri\":\"/base/rest?x=1\"");
    }

    @Test
    void anAcceptedAnswerKeepsItsStatusUntilTheFlowRemovesIt() {
        assertThat(http.get("/accepted").statusCode()).isEqualTo(202);
    }

    /** It is tried every time, also when its settings ask for a suspension. */
    @RepeatedTest(2)
    void aDeadEndpointIsFault101503() {
        HttpResponse<String> response = http.get("/dead");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("101503");
    }

    @Test
    void anEndpointThatDoesNotAnswerInTimeIsFault101504() {
        assertThat(http.get("/slow").body()).isEqualTo("101504");
    }
}
