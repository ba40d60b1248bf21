package com.books.bookstore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservabilityHandlerTest {

    private final ObservabilityHandler handler = new ObservabilityHandler();

    @AfterEach
    void stop() {
        handler.handleServerShutDown();
    }

    @Test
    void countsWhatWasAnswered() throws Exception {
        start();
        handler.handleRequestInFlow(answered("OrderAPI", "POST", "/orders", 201));
        Axis2MessageContext message = answered("OrderAPI", "POST", "/orders", 201);
        handler.handleRequestInFlow(message);
        handler.handleResponseOutFlow(message);

        assertThat(scrape())
                .contains(
                        "bookstore_http_requests_seconds_count{api=\"OrderAPI\",method=\"POST\",resource=\"/orders\",status=\"201\"} 1\n")
                .contains("le=\"0.25\"")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_gc")
                .contains("process_cpu_usage");
    }

    @Test
    void countsAnAnswerOnce() throws Exception {
        start();
        Axis2MessageContext message = answered("OrderAPI", "GET", "/orders", 200);
        handler.handleRequestInFlow(message);
        handler.handleResponseOutFlow(message);
        handler.handleResponseOutFlow(message);

        assertThat(scrape()).contains("resource=\"/orders\",status=\"200\"} 1\n");
    }

    @Test
    void callersCannotMakeNewLabels() throws Exception {
        start();
        for (int i = 0; i < 50; i++) {
            Axis2MessageContext message = answered(null, "INVENTED" + i, null, 404);
            handler.handleRequestInFlow(message);
            handler.handleResponseOutFlow(message);
        }
        assertThat(scrape()).contains("{api=\"none\",method=\"OTHER\",resource=\"unmatched\",status=\"404\"} 50\n");
    }

    @Test
    void readsTheTemplateWhereMicroIntegratorLeavesIt() {
        Axis2MessageContext message = answered("OrderAPI", "GET", null, 200);
        message.setProperty("rest.url.pattern", "/orders/{orderId}");
        assertThat(RequestRecord.of(message, Duration.ZERO).resource()).isEqualTo("/orders/{orderId}");
    }

    @Test
    void aLineNamesClientAndUser() {
        Axis2MessageContext message = answered("OrderAPI", "GET", "/orders/{orderId}", 404);
        message.setProperty("bookstore.correlationId", "call-7");
        message.setProperty("bookstore.clientId", "storefront");
        message.setProperty("bookstore.subject", "jane\nDELETE \"all\" status=200 ä");
        RequestRecord request = RequestRecord.of(message, Duration.ofMillis(14));

        assertThat(AccessLog.plain(request))
                .doesNotContain("\n")
                .startsWith("GET OrderAPI /orders/{orderId} 404 14ms client=storefront user=jane_DELETE")
                .endsWith(" correlation=call-7")
                .doesNotContain("status=200");
        assertThat(AccessLog.json(request, Instant.parse("2026-11-22T20:00:00.1234Z")))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T20:00:00.123Z\",\"correlationId\":\"call-7\",\"client\":\"storefront\","
                                + "\"user\":\"jane\\u000aDELETE \\\"all\\\" status=200 \\u00e4\",\"api\":\"OrderAPI\",\"method\":\"GET\","
                                + "\"resource\":\"/orders/{orderId}\",\"status\":404,\"latencyMs\":14.000}");
    }

    @Test
    void servesNothingButMetrics() throws Exception {
        start();
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/../etc").statusCode()).isEqualTo(404);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(address("/metrics"))
                                        .DELETE()
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPortInUseDoesNotStopTheServer() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            handler.setHost("0.0.0.0");
            handler.setPort(Integer.toString(taken.getLocalPort()));
            assertThat(handler.handleServerInit()).isTrue();
            assertThat(handler.metricsPort()).isZero();
            Axis2MessageContext message = answered("OrderAPI", "GET", "/orders", 200);
            assertThat(handler.handleRequestInFlow(message)).isTrue();
            assertThat(handler.handleResponseOutFlow(message)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", ""})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> handler.setPort(port)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnUnknownLayout() {
        assertThatThrownBy(() -> handler.setAccessLog("xml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain, json or off");
    }

    private void start() {
        handler.setPort("0");
        handler.handleServerInit();
    }

    private static Axis2MessageContext answered(String api, String method, String template, int status) {
        org.apache.axis2.context.MessageContext axis2 = new org.apache.axis2.context.MessageContext();
        axis2.setProperty("HTTP_SC", status);
        Axis2MessageContext message = new Axis2MessageContext(axis2, null, null);
        message.setProperty("SYNAPSE_REST_API", api);
        message.setProperty("REST_METHOD", method);
        message.setProperty("REST_URL_PATTERN", template);
        return message;
    }

    private String scrape() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + handler.metricsPort() + path);
    }
}
