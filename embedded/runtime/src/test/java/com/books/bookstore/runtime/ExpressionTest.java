package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.support.CarBuilder;
import com.books.bookstore.runtime.support.HttpApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every advertised kind of expression, with the value that Micro Integrator 4.4.0 gives. */
class ExpressionTest {

    private static final String BODY = "{\"orders\":[{\"id\":\"a\",\"price\":5,\"color\":\"red\",\"tags\":[\"a\"]},"
            + "{\"id\":\"b\",\"price\":20,\"color\":\"green\",\"tags\":[\"b\"]}],\"price\":1.50,\"none\":null}";

    /** Expressions and their values for the request below. */
    private static final Map<String, String> VALUES = new LinkedHashMap<>();

    static {
        // Functions
        VALUES.put("url-encode('a b')", "a%20b");
        VALUES.put("url-encode('/a b?q=c d&amp;e=+f')", "/a%20b?q=c%20d&e=+f");
        VALUES.put("url-encode('100% é')", "100%25%20%C3%A9");
        VALUES.put("url-encode('é', 'ISO-8859-1')", "%E9");
        VALUES.put("concat('url-encode(', url-encode('a b'), ')')", "url-encode(a%20b)");
        VALUES.put("base64Encode('books')", "Ym9va3M=");
        VALUES.put("base64Decode('Ym9va3M=')", "books");
        VALUES.put("get-property('To')", "/values?q=c%20d&x=1");
        VALUES.put("get-property('env','PATH')", System.getenv("PATH"));
        VALUES.put("get-property('env','SET_BY_THE_TEST')", "from the test");
        VALUES.put("get-property('env','NOT_SET_ANYWHERE')", "");
        VALUES.put("get-property('system','java.version')", System.getProperty("java.version"));
        VALUES.put("get-property('limit')", "10");
        VALUES.put("get-property('greeting')", "Welcome");
        VALUES.put("get-property('axis2','HTTP_METHOD')", "POST");
        VALUES.put("get-property('transport','X-Kind')", "k");
        VALUES.put("get-property('operation','nothing')", "");
        VALUES.put("upper-case(concat('a', $ctx:limit))", "A10");
        // Variables
        VALUES.put("$ctx:limit", "10");
        VALUES.put("$trp:X-Kind", "k");
        VALUES.put("$axis2:HTTP_METHOD", "POST");
        VALUES.put("$url:q", "c d");
        VALUES.put("$url:none", "");
        VALUES.put("$ctx:query.param.q", "c d");
        VALUES.put("$body/jsonObject/price/text()", "1.50");
        VALUES.put("boolean($header)", "true");
        // JSONPath
        VALUES.put("json-eval($)", BODY);
        VALUES.put("json-eval($.)", BODY);
        VALUES.put("json-eval($.price)", "1.50");
        VALUES.put("json-eval($.none)", "null");
        VALUES.put("json-eval($.nothing)", "");
        VALUES.put("json-eval($.orders.length())", "2");
        VALUES.put("json-eval($.orders[0].id)", "a");
        VALUES.put("json-eval($.orders[-1].id)", "b");
        VALUES.put("json-eval($..id)", "[\"a\",\"b\"]");
        VALUES.put("json-eval($.orders[?(@.color in ['red','blue'])].id)", "[\"a\"]");
        VALUES.put("json-eval($.orders[?(@.tags == ['a'])].id)", "[\"a\"]");
        VALUES.put("json-eval($.orders[?(@.price > 10)].id)", "[\"b\"]");
        VALUES.put("json-eval($.orders[?(@.price > {$ctx:limit})].id)", "[\"b\"]");
        VALUES.put("json-eval($.orders[?(@.id=='{$ctx:wanted}')].price)", "[5]");
        VALUES.put("json-eval($.orders[?(@.id=='{get-property('wanted')}')].price)", "[5]");
        VALUES.put("json-eval($.orders[{$ctx:index}].id)", "b");
        VALUES.put("json-eval($ctx:json.a.b)", "7");
        VALUES.put("json-eval($ctx:missing.a)", "");
        // Synapse expressions of Micro Integrator 4.4
        VALUES.put("${payload}", BODY);
        VALUES.put("${payload.price}", "1.5");
        VALUES.put("${payload.none}", "");
        VALUES.put("${payload.nothing}", "");
        VALUES.put("${payload.orders[1].id}", "b");
        VALUES.put("${payload['orders'][0].tags}", "[\"a\"]");
        VALUES.put("${vars.text}", "seven");
        VALUES.put("${vars.number}", "7");
        VALUES.put("${vars.json.a.b}", "7");
        VALUES.put("${vars.json.a[&quot;size&quot;]}", "big");
        VALUES.put("${vars.missing}", "");
        VALUES.put("${vars.removed}", "");
        VALUES.put("${vars.text.a}", "");
        VALUES.put("${vars.first}", "a");
        VALUES.put("${vars.price}", "1.5");
        VALUES.put("${headers.X-Kind}", "k");
        VALUES.put("${headers['X-Version']}", "3");
        VALUES.put("${headers.X-Number}", "7");
        VALUES.put("${params.queryParams.q}", "c d");
        VALUES.put("${props.synapse.limit}", "10");
        VALUES.put("${props.axis2.HTTP_METHOD}", "POST");
    }

    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        StringBuilder flow = new StringBuilder("<property name=\"limit\" value=\"10\"/>"
                + "<property name=\"wanted\" value=\"a\"/><property name=\"index\" value=\"1\"/>"
                + "<property name=\"json\"  value='{\"a\":{\"b\":7}}'/>"
                + "<variable name=\"text\" value=\"seven\"/><variable name=\"number\" value=\"7\" type=\"INTEGER\"/>"
                + "<variable name=\"json\" type=\"JSON\" value='{\"a\":{\"b\":7,\"size\":\"big\"}}'/>"
                + "<variable name=\"removed\" value=\"x\"/><variable name=\"removed\" action=\"remove\"/>"
                + "<variable name=\"first\" expression=\"${payload.orders[0].id}\"/>"
                + "<variable name=\"price\" type=\"DOUBLE\" expression=\"${payload.price}\"/>");
        int number = 0;
        for (String expression : VALUES.keySet()) {
            flow.append("<property name=\"v")
                    .append(number++)
                    .append("\" expression=\"")
                    .append(expression)
                    .append("\"/>");
        }
        flow.append("<payloadFactory media-type=\"text\"><format>");
        for (int i = 1; i <= number; i++) {
            flow.append('$').append(i).append("\u2028");
        }
        flow.append("</format><args>");
        for (int i = 0; i < number; i++) {
            flow.append("<arg expression=\"$ctx:v").append(i).append("\"/>");
        }
        flow.append("</args></payloadFactory><respond/>");
        CarBuilder car = car("expressions")
                .xml("greeting", "synapse/local-entry", "<localEntry key=\"greeting\">Welcome</localEntry>")
                .flow("ValuesAPI", "/values", flow.toString())
                .flow(
                        "FilterAPI",
                        "/filter",
                        "<filter xpath=\"$url:q = 'x' and get-property('system','java.version') != ''\"><then>"
                                + text("then") + "</then><else>" + text("else") + "</else></filter><respond/>")
                .flow(
                        "SwitchAPI",
                        "/switch",
                        "<switch source=\"url-encode($url:q)\"><case regex=\"a%20b\">" + text("encoded")
                                + "</case><default>" + text("default") + "</default></switch><respond/>")
                .flow(
                        "TextJsonAPI",
                        "/text-json",
                        "<payloadFactory media-type=\"json\"><format>{\"a\":1}</format></payloadFactory>"
                                + "<property name=\"messageType\" value=\"text/plain\" scope=\"axis2\"/><respond/>")
                .flow(
                        "DollarAPI",
                        "/dollar",
                        "<payloadFactory media-type=\"json\"><format>{\"a\":\"$1\",\"price\":\"$5\",\"b\":\"$1\"}</format>"
                                + "<args><arg value=\"x\"/></args></payloadFactory><respond/>");
        runtime = EmbeddedRuntime.builder()
                .car(car.writeTo(directory))
                .systemProperty("SET_BY_THE_TEST", "from the test")
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    private static String text(String format) {
        return "<payloadFactory media-type=\"text\"><format>" + format + "</format><args/></payloadFactory>";
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @TestFactory
    List<DynamicTest> expressionsHaveTheValueOfMicroIntegrator() {
        String[] answers = http.send(
                        "POST",
                        "/values?q=c%20d&x=1",
                        BODY,
                        "Content-Type",
                        "application/json",
                        "X-Kind",
                        "k",
                        "X-Version",
                        "\"3\"",
                        "X-Number",
                        "007")
                .body()
                .split("\u2028", -1);
        List<DynamicTest> tests = new ArrayList<>();
        VALUES.forEach((expression, value) -> {
            int number = tests.size();
            tests.add(DynamicTest.dynamicTest(
                    expression, () -> assertThat(answers[number]).isEqualTo(value)));
        });
        return tests;
    }

    @Test
    void theyMeanTheSameInFiltersAndSwitches() {
        assertThat(http.get("/filter?q=x").body()).isEqualTo("then");
        assertThat(http.get("/filter?q=y").body()).isEqualTo("else");
        assertThat(http.get("/switch?q=a%20b").body()).isEqualTo("encoded");
    }

    @Test
    void jsonAnsweredAsPlainTextIsStillJson() {
        assertThat(http.get("/text-json").body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aPlaceholderWithoutArgumentEndsTheReplacing() {
        assertThat(http.get("/dollar").body()).isEqualTo("{\"a\":\"x\",\"price\":\"$5\",\"b\":\"$1\"}");
    }

    /** What cannot work is refused with file and line: the expression is in the third line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "json-eval($.a[?(@.b == )])              | invalid JSONPath",
                "json-eval($.a[?(@.b > {$env:x})])       | the variable $env:x",
                "json-eval($.a[?(@.b > {replace('a')})]) | the function replace()",
                "json-eval(a.b)                          | invalid JSONPath a.b",
                "get-property('registry','conf:a')       | the scopes registry and file",
                "get-property('file','a')                | the scopes registry and file",
                "${payload.a + 1}                        | ${payload.a + 1} in <property>: only a path that begins with vars, payload",
                "${exists(vars.a)}                       | only a path that begins with",
                "${configs.a}                            | only a path that begins with",
                "${vars}                                 | a name has to follow vars",
                "${headers.a.b}                          | only one name can follow headers",
                "${vars.a.size}                          | size is a reserved word: write [\"size\"]",
                "${vars.a                                | it does not end with }",
            })
    void anExpressionThatCannotWorkIsRefusedWithFileAndLine(
            String expression, String message, @TempDir Path directory) {
        Path car = car("bad")
                .sequence("Flow", "<log/>\n<property name=\"a\" expression=\"" + expression + "\"/>")
                .writeTo(directory);

        assertThatThrownBy(() -> EmbeddedRuntime.builder().car(car).start().close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("bad_1.0.0.car: Flow_1.0.0/Flow-1.0.0.xml:3: ")
                .hasMessageContaining(message);
    }
}
