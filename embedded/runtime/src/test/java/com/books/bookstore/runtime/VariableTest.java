package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.CarBuilder;
import com.books.bookstore.runtime.support.HttpApi;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Answers of connectors in variables, as on Micro Integrator 4.6. */
class VariableTest {

    private static final String RESPONSE = "org/apache/synapse/data/connector/DefaultConnectorResponse";

    private static final String CALL = "<ask.question><responseVariable>answer</responseVariable>%s</ask.question>";

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        CarBuilder car = car("variables")
                .artifact("ask", "synapse/lib", "ask-1.0.0.zip", CarBuilder.zip(connector()))
                .flow(
                        "KeptAPI",
                        "/kept",
                        CALL.formatted("") + header("Id", "${vars.answer.payload.id}")
                                + header("Price", "${vars.answer.payload['price']}")
                                + header("Tag", "${vars.answer.headers.ETag}")
                                + header("Status", "${vars.answer.attributes.statusCode}")
                                + header("Whole", "${vars.answer}") + "<respond/>")
                .flow(
                        "OverwrittenAPI",
                        "/overwritten",
                        CALL.formatted("<overwriteBody>true</overwriteBody>")
                                + header("Id", "${vars.answer.payload.id}")
                                + header("Status", "${vars.answer.attributes.statusCode}") + "<respond/>")
                .flow(
                        "TemplateAPI",
                        "/template",
                        "<call-template target=\"Answering\"><with-param name=\"responseVariable\" value=\"its\"/>"
                                + "</call-template>" + header("Id", "${vars.its.payload.id}")
                                + header("Status", "${vars.its.attributes.statusCode}")
                                + header("Kind", "${vars.its.headers.Kind}") + "<respond/>")
                .flow(
                        "PassedAPI",
                        "/passed",
                        CALL.formatted("")
                                + "<call-template target=\"Answering\"><with-param name=\"id\" value=\"{${vars.answer.payload.id}}\"/>"
                                + "</call-template><respond/>")
                .flow(
                        "ChosenAPI",
                        "/chosen",
                        CALL.formatted("") + "<switch source=\"${vars.answer.payload.name}\"><case regex=\"a&quot;b\">"
                                + header("Chosen", "${vars.answer.payload.name}") + "</case></switch>"
                                + "<filter source=\"${vars.answer.attributes.statusCode}\" regex=\"201\"><then>"
                                + header("Filtered", "yes", "value") + "</then></filter><respond/>")
                .flow(
                        "FormatAPI",
                        "/format",
                        CALL.formatted("")
                                + "<log><message>id ${vars.answer.payload.id}, ${vars.answer.payload.name}</message></log>"
                                + "<payloadFactory media-type=\"json\"><format>{\"id\":${vars.answer.payload.id},"
                                + "\"name\":\"${vars.answer.payload.name}\",\"all\":${vars.answer.payload},"
                                + "\"text\":\"${vars.answer.payload}\",\"mine\":$1}</format><args>"
                                + "<arg expression=\"${payload.mine}\"/></args></payloadFactory><respond/>")
                .xml(
                        "Answering",
                        "synapse/template",
                        "<template name=\"Answering\"><parameter name=\"id\"/><sequence>"
                                + "<payloadFactory media-type=\"json\"><format>{\"id\":\"${params.functionParams.id}\"}</format>"
                                + "</payloadFactory>" + header("Kind", "template", "value")
                                + "<property name=\"HTTP_SC\" value=\"202\" scope=\"axis2\"/></sequence></template>");
        runtime = EmbeddedRuntime.builder()
                .car(car.writeTo(directory))
                .onLog(entry -> LOG.add(entry.text()))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static String header(String name, String expression) {
        return header(name, expression, "expression");
    }

    private static String header(String name, String value, String attribute) {
        return "<property name=\"" + name + "\" scope=\"transport\" " + attribute + "=\"" + value + "\"/>";
    }

    /** A connector whose class was compiled for Micro Integrator. */
    private static Map<String, byte[]> connector() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        put(
                entries,
                "connector.xml",
                "<connector><component name=\"ask\" package=\"com.example\"><dependency component=\"operations\"/>"
                        + "</component></connector>");
        put(
                entries,
                "operations/component.xml",
                "<component name=\"operations\" type=\"synapse/template\"><subComponents><component name=\"question\">"
                        + "<file>question.xml</file></component></subComponents></component>");
        put(
                entries,
                "operations/question.xml",
                "<template xmlns=\"http://ws.apache.org/ns/synapse\" name=\"question\"><sequence>"
                        + "<payloadFactory media-type=\"json\"><format>{\"left\":true}</format></payloadFactory>"
                        + header("Left", "behind", "value")
                        + "<class name=\"com.example.Answer\"/></sequence></template>");
        entries.put("com/example/Answer.class", answer());
        return entries;
    }

    private static void put(Map<String, byte[]> entries, String path, String content) {
        entries.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Cannot be compiled here: sets {@code answer} with the methods that only Micro Integrator's message has, and removes another one. */
    private static byte[] answer() {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String parent = "org/apache/synapse/mediators/AbstractMediator";
        type.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "com/example/Answer", null, parent, null);
        MethodVisitor constructor = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor mediate =
                type.visitMethod(Opcodes.ACC_PUBLIC, "mediate", "(Lorg/apache/synapse/MessageContext;)Z", null, null);
        mediate.visitCode();
        mediate.visitTypeInsn(Opcodes.NEW, RESPONSE);
        mediate.visitInsn(Opcodes.DUP);
        mediate.visitMethodInsn(Opcodes.INVOKESPECIAL, RESPONSE, "<init>", "()V", false);
        mediate.visitVarInsn(Opcodes.ASTORE, 2);
        mediate.visitVarInsn(Opcodes.ALOAD, 2);
        mediate.visitLdcInsn("{\"id\":7,\"price\":12.90,\"name\":\"a\\\"b\"}");
        mediate.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "com/google/gson/JsonParser",
                "parseString",
                "(Ljava/lang/String;)Lcom/google/gson/JsonElement;",
                false);
        mediate.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RESPONSE, "setPayload", "(Ljava/lang/Object;)V", false);
        mediate.visitVarInsn(Opcodes.ALOAD, 2);
        mediate.visitLdcInsn("ETag");
        mediate.visitLdcInsn("\"3\"");
        mediate.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, RESPONSE, "addHeader", "(Ljava/lang/String;Ljava/lang/String;)V", false);
        mediate.visitVarInsn(Opcodes.ALOAD, 2);
        mediate.visitLdcInsn("statusCode");
        mediate.visitIntInsn(Opcodes.SIPUSH, 201);
        mediate.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        mediate.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, RESPONSE, "addAttribute", "(Ljava/lang/String;Ljava/lang/Object;)V", false);
        String message = "org/apache/synapse/MessageContext";
        mediate.visitVarInsn(Opcodes.ALOAD, 1);
        mediate.visitLdcInsn("answer");
        mediate.visitVarInsn(Opcodes.ALOAD, 2);
        mediate.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, message, "setVariable", "(Ljava/lang/String;Ljava/lang/Object;)V", true);
        // What it reads back it sets again; true in the end, because the set of names has this one.
        mediate.visitVarInsn(Opcodes.ALOAD, 1);
        mediate.visitLdcInsn("answer");
        mediate.visitVarInsn(Opcodes.ALOAD, 1);
        mediate.visitLdcInsn("answer");
        mediate.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, message, "getVariable", "(Ljava/lang/String;)Ljava/lang/Object;", true);
        mediate.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, message, "setVariable", "(Ljava/lang/String;Ljava/lang/Object;)V", true);
        mediate.visitVarInsn(Opcodes.ALOAD, 1);
        mediate.visitMethodInsn(Opcodes.INVOKEINTERFACE, message, "getVariableKeySet", "()Ljava/util/Set;", true);
        mediate.visitLdcInsn("answer");
        mediate.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/Set", "contains", "(Ljava/lang/Object;)Z", true);
        mediate.visitInsn(Opcodes.IRETURN);
        mediate.visitMaxs(0, 0);
        mediate.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    private static void assertHeaders(HttpResponse<String> answer, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            assertThat(answer.headers().firstValue(namesAndValues[i]).orElse(""))
                    .as(namesAndValues[i])
                    .isEqualTo(namesAndValues[i + 1]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"application/json | {\"mine\":1.10}", "application/xml | <mine>1.10</mine>", "text/plain | mine"})
    void withoutOverwriteBodyTheMessageStaysAndTheVariableHasPayloadHeadersAndAttributes(String type, String body) {
        HttpResponse<String> answer = http.post("/kept", body, "Content-Type", type, "Left", "mine");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertHeaders(answer, "Id", "7", "Price", "12.9", "Tag", "\"3\"", "Status", "201", "Left", "mine");
        assertHeaders(answer, "Whole", "");
    }

    @Test
    void aMessageWithoutBodyGetsNone() {
        HttpResponse<String> answer = http.get("/kept");

        assertThat(answer.body()).isEmpty();
        assertHeaders(answer, "Id", "7");
    }

    @Test
    void withOverwriteBodyTheVariableHasNoPayload() {
        HttpResponse<String> answer = http.postJson("/overwritten", "{\"mine\":1.10}");

        assertThat(answer.body()).isEqualTo("{\"left\":true}");
        assertHeaders(answer, "Id", "", "Status", "201", "Left", "behind");
    }

    @Test
    void theAnswerOfATemplateIsTheBodyThatItLeaves() {
        HttpResponse<String> answer = http.postJson("/template", "{\"mine\":1.10}");

        assertThat(answer.body()).isEqualTo("{\"mine\":1.10}");
        assertHeaders(answer, "Id", "", "Status", "202", "Kind", "template");
    }

    @Test
    void anExpressionInBracesIsAParameter() {
        assertThat(http.postJson("/passed", "{}").body()).isEqualTo("{\"id\":\"7\"}");
    }

    @Test
    void itDecidesInSwitchesAndFilters() {
        assertHeaders(http.postJson("/chosen", "{}"), "Chosen", "a\"b", "Filtered", "yes");
    }

    @Test
    void formatsAndLogsHaveItInline() {
        assertThat(http.postJson("/format", "{\"mine\":[1]}").body())
                .isEqualTo(
                        "{\"id\":7,\"name\":\"a\\\"b\",\"all\":{\"id\":7,\"price\":12.90,\"name\":\"a\\\"b\"},"
                                + "\"text\":\"{\\\"id\\\":7,\\\"price\\\":12.90,\\\"name\\\":\\\"a\\\\\\\"b\\\"}\",\"mine\":[1]}");
        assertThat(LOG).containsExactly("id 7, a\"b");
    }
}
