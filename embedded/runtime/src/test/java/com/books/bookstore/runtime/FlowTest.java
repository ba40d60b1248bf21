package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.mediators.JsonEchoMediator;
import com.books.bookstore.runtime.support.HttpApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the mediators of a flow do to a message. */
class FlowTest {

    private static final String SAMPLE =
            "{\"price\":9.90,\"n\":\"007\",\"a\":[1],\"e\":[],\"x\":null,\"big\":12345678901234567890}";

    private static final String ECHO_CLASS = "<class name=\"com.books.bookstore.runtime.mediators.JsonEchoMediator\"/>";
    private static final String JSON_TYPE =
            "<property name=\"messageType\" value=\"application/json\" scope=\"axis2\"/>";

    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        runtime = EmbeddedRuntime.builder()
                .car(car("flows")
                        .mediators("Mediators", JsonEchoMediator.class)
                        .flow("EchoAPI", "/echo", "<respond/>")
                        .flow(
                                "ClassAPI",
                                "/class",
                                "<class name=\"com.books.bookstore.runtime.mediators.JsonEchoMediator\">"
                                        + "<property name=\"prefix\" value=\"set:\"/><property name=\"wrap\" value=\"true\"/></class>"
                                        + "<property name=\"X-Config\" scope=\"transport\" expression=\"$ctx:seen.config\"/>"
                                        + "<property name=\"NO_ENTITY_BODY\" scope=\"axis2\" action=\"remove\"/>"
                                        + JSON_TYPE + "<respond/>")
                        .flow("EmptyGetAPI", "/empty-get", ECHO_CLASS + JSON_TYPE + "<respond/>")
                        .flow(
                                "HeadersAPI",
                                "/headers",
                                "<property name=\"TRANSPORT_HEADERS\" scope=\"axis2\" action=\"remove\"/>"
                                        + "<header name=\"X-Mine\" scope=\"transport\" value=\"1\"/>"
                                        + "<property name=\"HTTP_SC\" value=\"418\" scope=\"axis2\"/>"
                                        + text("tea") + "<respond/>")
                        .flow(
                                "AcceptedAPI",
                                "/accepted",
                                "<property name=\"SC_ACCEPTED\" value=\"true\" scope=\"axis2\"/>"
                                        + "<property name=\"HTTP_SC\" value=\"201\" scope=\"axis2\"/><respond/>")
                        .flow(
                                "NoBodyAPI",
                                "/no-body",
                                text("never seen")
                                        + "<property name=\"NO_ENTITY_BODY\" value=\"true\" scope=\"axis2\" type=\"BOOLEAN\"/>"
                                        + "<property name=\"HTTP_SC\" value=\"204\" scope=\"axis2\"/><respond/>")
                        .flow(
                                "ConstantAPI",
                                "/constant",
                                "<payloadFactory media-type=\"json\"><format>{\"b\":2}</format></payloadFactory><respond/>")
                        .flow("DropAPI", "/drop", "<drop/>")
                        .flow(
                                "XmlPayloadAPI",
                                "/xml-payload",
                                "<property name=\"note\" value=\"a &lt; b\"/><payloadFactory media-type=\"xml\"><format>"
                                        + "<book xmlns=\"\" id=\"$1\" kind=\"${payload.kind}\"><note>$2</note>$3<price>${payload.price}</price></book>"
                                        + "</format><args><arg evaluator=\"json\" expression=\"$.id\"/><arg expression=\"$ctx:note\"/>"
                                        + "<arg value=\"&lt;tag/>\"/></args></payloadFactory><respond/>")
                        .flow(
                                "XmlObjectAPI",
                                "/xml-object",
                                "<payloadFactory media-type=\"xml\"><format><a xmlns=\"\">$1</a></format><args>"
                                        + "<arg evaluator=\"json\" expression=\"$.list\"/></args></payloadFactory><respond/>")
                        .flow(
                                "PayloadAPI",
                                "/payload",
                                "<payloadFactory media-type=\"json\">"
                                        + "<format>{\"quoted\":\"$1\",\"bare\":$2,\"text\":\"$3\",\"all\":$4}</format><args>"
                                        + "<arg evaluator=\"json\" expression=\"$.code\"/><arg evaluator=\"json\" expression=\"$.code\"/>"
                                        + "<arg expression=\"json-eval($.text)\"/><arg expression=\"json-eval($.list)\"/></args></payloadFactory><respond/>")
                        .flow(
                                "JsonEvalAPI",
                                "/json-eval",
                                "<property name=\"found\" expression=\"json-eval($.a.b)\"/>"
                                        + "<filter source=\"json-eval($.kind)\" regex=\"book|disc\"><then>"
                                        + text("$1", "concat('media:',$ctx:found)")
                                        + "</then><else>" + "<property name=\"kind\" expression=\"json-eval($.kind)\"/>"
                                        + text("$1", "concat('other:',$ctx:kind)") + "</else></filter><respond/>")
                        .flow(
                                "SwitchAPI",
                                "/switch",
                                "<switch source=\"$ctx:query.param.sort\"><case regex=\"title|price\">"
                                        + text("sorted") + "</case><case regex=\"x.*\">" + text("x")
                                        + "</case><default>" + text("default")
                                        + "</default></switch><respond/>")
                        .flow(
                                "FilterAPI",
                                "/filter",
                                "<filter xpath=\"$trp:X-Kind = 'a' and get-property('axis2','HTTP_METHOD') = 'GET'\">"
                                        + "<then>" + text("then") + "</then><else>" + text("else")
                                        + "</else></filter><respond/>")
                        .flow(
                                "TypesAPI",
                                "/types",
                                "<property name=\"i\" type=\"INTEGER\" expression=\"1 + 1\"/>"
                                        + "<property name=\"b\" type=\"BOOLEAN\" value=\"true\"/>"
                                        + "<property name=\"p\" value=\"order-42-x\" pattern=\"order-(\\d+)-.*\" group=\"1\"/>"
                                        + "<property name=\"om\"><item xmlns=\"\"><n>7</n></item></property>"
                                        + "<property name=\"gone\" value=\"1\"/><property name=\"gone\" action=\"remove\"/>"
                                        + text(
                                                "$1|$2|$3|$4|$5",
                                                "$ctx:i",
                                                "$ctx:b",
                                                "$ctx:p",
                                                "$ctx:om//n",
                                                "$ctx:gone")
                                        + "<respond/>")
                        .flow(
                                "TemplateAPI",
                                "/template",
                                "<call-template target=\"Greet\"><with-param name=\"who\" value=\"{$ctx:query.param.who}\"/>"
                                        + "<with-param name=\"greeting\" value=\"Hello\"/></call-template><respond/>")
                        .xml(
                                "Greet",
                                "synapse/template",
                                "<template name=\"Greet\"><parameter name=\"who\"/><parameter name=\"greeting\"/>"
                                        + "<sequence>" + text("$1, $2!", "$func:greeting", "$func:who")
                                        + "</sequence></template>")
                        .flow("SequenceAPI", "/sequence", "<sequence key=\"Outer\"/><respond/>")
                        .sequence(
                                "Outer",
                                "<property name=\"trail\" value=\"outer\"/><sequence key=\"Inner\"/>"
                                        + text("$1", "$ctx:trail"))
                        .sequence("Inner", "<property name=\"trail\" expression=\"concat($ctx:trail,'+inner')\"/>")
                        .api(
                                "LoopAPI",
                                "/loop",
                                "<resource methods=\"GET\"><inSequence><loopback/></inSequence>" + "<outSequence>"
                                        + text("out") + "<respond/></outSequence></resource>")
                        .flow("XmlToJsonAPI", "/xml-to-json", JSON_TYPE + "<respond/>")
                        .flow(
                                "LogAPI",
                                "/log",
                                "<log level=\"custom\"><property name=\"who\" expression=\"$ctx:query.param.who\"/></log>"
                                        + text("logged") + "<respond/>")
                        .writeTo(directory))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @Test
    void aPayloadOfXmlTakesTextsEscapedAndXmlAsItIs() {
        HttpResponse<String> answer = http.postJson("/xml-payload", "{\"id\":7,\"kind\":\"a\\\"b\",\"price\":9.99}");

        assertThat(answer.body())
                .isEqualTo("<book id=\"7\" kind=\"a&quot;b\"><note>a &lt; b</note><tag/><price>9.99</price></book>");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/xml");
    }

    @Test
    void xmlThatNothingChangesGoesOnAsItCame() {
        String xml = "<?xml version=\"1.0\"?>\n<b:a xmlns:c=\"urn:c\" xmlns:b=\"urn:b\" ><x /></b:a>\n";

        assertThat(http.post("/echo", xml, "Content-Type", "application/xml").body())
                .isEqualTo(xml);
    }

    @Test
    void jsonInAPayloadOfXmlFails() {
        assertThat(http.postJson("/xml-object", "{\"list\":[1]}").statusCode()).isEqualTo(500);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static String text(String format, String... expressions) {
        StringBuilder xml =
                new StringBuilder("<payloadFactory media-type=\"text\"><format>" + format + "</format><args>");
        for (String expression : expressions) {
            xml.append("<arg expression=\"").append(expression).append("\"/>");
        }
        return xml + "</args></payloadFactory>";
    }

    @Test
    void jsonIsEchoedByteForByte() {
        HttpResponse<String> response = http.postJson("/echo", SAMPLE);

        assertThat(response.body()).isEqualTo(SAMPLE);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"text/plain,some text", "application/vnd.books+json,{\"a\":1}", "application/xml,<a>1</a>"})
    void otherBodiesAreEchoedToo(String contentType, String body) {
        assertThat(http.post("/echo", body, "Content-Type", contentType).body()).isEqualTo(body);
    }

    @Test
    void respondEchoesTheRequestHeadersThatAreStillThere() {
        assertThat(http.post("/echo", "x", "Content-Type", "text/plain", "X-Custom", "7")
                        .headers()
                        .firstValue("X-Custom"))
                .contains("7");
    }

    @Test
    void aClassMediatorGetsItsPropertiesOnceAndReachesTheJson() {
        HttpResponse<String> first = http.postJson("/class", SAMPLE);
        HttpResponse<String> second = http.postJson("/class", "{}");

        assertThat(first.body()).isEqualTo("{\"wrapped\":" + SAMPLE + "}");
        assertThat(second.body()).isEqualTo("{\"wrapped\":{}}");
        assertThat(second.headers().firstValue("X-Config")).contains("set:1");
    }

    @Test
    void jsonWrittenIntoTheAnswerOfAGetIsLostUntilNoEntityBodyIsRemoved() {
        assertThat(http.get("/empty-get").body()).isEmpty();
        assertThat(http.get("/class").body()).isEqualTo("{\"wrapped\":{}}");
    }

    @Test
    void statusAndHeadersAreThoseOfTheFlow() {
        HttpResponse<String> response = http.get("/headers", "X-Custom", "7");

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("tea");
        assertThat(response.headers().firstValue("X-Mine")).contains("1");
        assertThat(response.headers().firstValue("X-Custom")).isEmpty();
    }

    @Test
    void scAcceptedWinsOverHttpSc() {
        assertThat(http.get("/accepted").statusCode()).isEqualTo(202);
    }

    @Test
    void aPayloadReplacesABodyThatNothingHasRead() {
        assertThat(http.postJson("/constant", "{\"a\":1}").body()).isEqualTo("{\"b\":2}");
    }

    @Test
    void anAnswerWithoutBodyHasNone() {
        HttpResponse<String> response = http.get("/no-body");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aFlowThatDoesNotRespondIs202() {
        HttpResponse<String> response = http.get("/drop");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void payloadFactoryPutsArgumentsInAsText() {
        HttpResponse<String> response = http.postJson(
                "/payload", "{\"code\":\"007\",\"text\":\"a \\\"b\\\" \\\\ c\\n\",\"list\":[1,{\"x\":2.50}]}");

        assertThat(response.body())
                .isEqualTo(
                        "{\"quoted\":\"007\",\"bare\":007,\"text\":\"a \\\"b\\\" \\\\ c\\n\",\"all\":[1,{\"x\":2.50}]}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"book\",\"a\":{\"b\":1.50}}  | media:1.50",
                "{\"kind\":\"disc\",\"a\":{\"b\":null}}  | media:null",
                "{\"kind\":\"disc\",\"a\":{\"b\":[1,2]}} | media:[1,2]",
                "{\"kind\":\"disc\"}                     | media:",
                "{\"kind\":\"pen\"}                      | other:pen",
                "{\"kind\":                              | other:",
            })
    void jsonEvalReadsTheBody(String body, String answer) {
        assertThat(http.postJson("/json-eval", body).body()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"title,sorted", "xyz,x", "titles,default", "'',default"})
    void switchTakesTheFirstCaseThatMatchesWholly(String sort, String answer) {
        assertThat(http.get("/switch?sort=" + sort).body()).isEqualTo(answer);
    }

    @Test
    void filterEvaluatesXPathOverHeadersAndProperties() {
        assertThat(http.get("/filter", "x-kind", "a").body()).isEqualTo("then");
        assertThat(http.get("/filter", "x-kind", "b").body()).isEqualTo("else");
        assertThat(http.get("/filter").body()).isEqualTo("else");
    }

    @Test
    void propertiesHaveTypesPatternsAndXmlValues() {
        assertThat(http.get("/types").body()).isEqualTo("2|true|42|7|");
    }

    @Test
    void templatesTakeParameters() {
        assertThat(http.get("/template?who=World").body()).isEqualTo("Hello, World!");
    }

    @Test
    void sequencesCallEachOther() {
        assertThat(http.get("/sequence").body()).isEqualTo("outer+inner");
    }

    @Test
    void loopbackGoesOnWithTheOutSequence() {
        assertThat(http.get("/loop").body()).isEqualTo("out");
    }

    @Test
    void xmlAnsweredAsJsonGuessesTypesAsOnMicroIntegrator() {
        HttpResponse<String> response = http.post(
                "/xml-to-json",
                "<books><book><title>1984</title></book><book><title>Dune</title></book><none/></books>",
                "Content-Type",
                "application/xml");

        assertThat(response.body())
                .isEqualTo("{\"books\":{\"book\":[{\"title\":1984},{\"title\":\"Dune\"}],\"none\":null}}");
    }

    @Test
    void logWritesOneLineAndGoesOn() {
        assertThat(http.get("/log?who=me").body()).isEqualTo("logged");
    }
}
