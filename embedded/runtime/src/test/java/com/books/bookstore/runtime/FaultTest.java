package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.mediators.FailingMediator;
import com.books.bookstore.runtime.support.HttpApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fault sequence answers, and what it knows. */
class FaultTest {

    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        runtime = EmbeddedRuntime.builder()
                .problemTypes("https://example.com/problems/")
                .car(car("faults")
                        .mediators("Mediators", FailingMediator.class)
                        .api("NamedAPI", "/named", resource("faultSequence=\"Report\"", fail("code"), ""))
                        .api(
                                "InlineAPI",
                                "/inline",
                                resource(
                                        "",
                                        fail("exception"),
                                        "<faultSequence>" + report("inline") + "</faultSequence>"))
                        .api("KeyAPI", "/key", resource("", fail("exception"), "<faultSequence key=\"Report\"/>"))
                        .api(
                                "ThrowAPI",
                                "/throw",
                                resource(
                                        "faultSequence=\"Report\"",
                                        "<throwError type=\"NO_STOCK\" errorMessage=\"{concat('left: ', 1 + 1)}\"/>",
                                        ""))
                        .api(
                                "OnErrorAPI",
                                "/on-error",
                                resource("faultSequence=\"Report\"", "<sequence key=\"Guarded\"/>", ""))
                        .api("UnhandledAPI", "/unhandled", resource("", fail("exception"), ""))
                        .api("NullAPI", "/null", resource("faultSequence=\"Report\"", fail("null"), ""))
                        .api("SilentAPI", "/silent", resource("faultSequence=\"Nothing\"", fail("exception"), ""))
                        .api(
                                "FaultyFaultAPI",
                                "/faulty-fault",
                                resource("faultSequence=\"Faulty\"", fail("exception"), ""))
                        .api(
                                "BodyAPI",
                                "/body",
                                resource(
                                        "faultSequence=\"Report\"",
                                        "<property name=\"seen\" expression=\"json-eval($.a)\"/><respond/>",
                                        ""))
                        .sequence("Report", report("report"))
                        .sequence("Guarded", "onError=\"OnError\"", fail("exception"))
                        .sequence("OnError", report("onError"))
                        .sequence("Nothing", "")
                        .sequence("Faulty", fail("exception"))
                        .writeTo(directory))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static String resource(String attributes, String mediators, String fault) {
        return "<resource methods=\"GET POST\" " + attributes + "><inSequence>" + mediators + "</inSequence>" + fault
                + "</resource>";
    }

    private static String fail(String how) {
        return "<class name=\"com.books.bookstore.runtime.mediators.FailingMediator\"><property name=\"how\" value=\""
                + how + "\"/></class>";
    }

    private static String report(String name) {
        return "<payloadFactory media-type=\"text\"><format>" + name
                + ":$1:$2</format><args><arg expression=\"$ctx:ERROR_CODE\"/>"
                + "<arg expression=\"$ctx:ERROR_MESSAGE\"/></args></payloadFactory>"
                + "<property name=\"HTTP_SC\" value=\"503\" scope=\"axis2\"/><respond/>";
    }

    @Test
    void theResourcesFaultSequenceSeesTheCodeThatTheMediatorSet() {
        HttpResponse<String> response = http.get("/named");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("report:teapot:short and stout");
    }

    @Test
    void withoutACodeTheExceptionsMessageIsSet() {
        assertThat(http.get("/inline").body())
                .isEqualTo("inline:0:Error occured in the mediation of the class mediator");
        assertThat(http.get("/key").body()).startsWith("report:0:");
    }

    @Test
    void throwErrorSetsTypeAndMessage() {
        assertThat(http.get("/throw").body()).isEqualTo("report:NO_STOCK:left: 2");
    }

    @Test
    void aSequencesOnErrorComesBeforeTheResourcesFaultSequence() {
        assertThat(http.get("/on-error").body()).startsWith("onError:0:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/unhandled", "/faulty-fault"})
    void anUnhandledFaultIsAProblemWithoutDetails(String path) {
        HttpResponse<String> response = http.get(path);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"type\":\"https://example.com/problems/internal_error\","
                        + "\"title\":\"Internal server error\",\"status\":500,\"code\":\"internal_error\"}");
    }

    @Test
    void anExceptionWithoutMessageReachesTheFaultSequence() {
        assertThat(http.get("/null").statusCode()).isEqualTo(503);
    }

    @Test
    void aFaultSequenceThatDoesNotRespondIs202AsOnMicroIntegrator() {
        assertThat(http.get("/silent").statusCode()).isEqualTo(202);
    }

    @Test
    void aBodyThatCannotBeBuiltReachesTheFaultSequence() {
        assertThat(http.post("/body", "<a><b></a>", "Content-Type", "application/xml")
                        .body())
                .startsWith("report:601000:");
        assertThat(http.post("/body", "nonsense", "Content-Type", "application/json")
                        .body())
                .startsWith("report:601000:");
        assertThat(http.post("/body", "{\"cut\":", "Content-Type", "application/json")
                        .body())
                .isEqualTo("{\"cut\":");
    }
}
