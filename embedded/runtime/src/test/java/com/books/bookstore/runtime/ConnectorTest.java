package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.mediators.WhoLoadedMeMediator;
import com.books.bookstore.runtime.support.CarBuilder;
import com.books.bookstore.runtime.support.HttpApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Connectors as they are packed for Micro Integrator, and those that are refused. */
class ConnectorTest {

    private static final String ANSWER =
            "<payloadFactory media-type=\"text\"><format>$1 $2</format><args><arg expression=\"$ctx:greeting\"/>"
                    + "<arg expression=\"$ctx:seen.loader\"/></args></payloadFactory><respond/>";

    private static final String CONNECTION = "<hello.init><connectionType>HELLO</connectionType><name>polite</name>"
            + "<greeting>{$trp:Greeting}</greeting></hello.init>";

    @TempDir
    private Path directory;

    /** The zip of a connector with an operation that greets and shows where its class is from. */
    private static Map<String, byte[]> connector() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        put(
                entries,
                "connector.xml",
                "<connector><component name=\"hello\" package=\"com.example\"><dependency component=\"config\"/>"
                        + "<dependency component=\"operations\"/></component></connector>");
        put(
                entries,
                "config/component.xml",
                "<component name=\"config\" type=\"synapse/template\"><subComponents><component name=\"init\">"
                        + "<file>init.xml</file></component></subComponents></component>");
        put(
                entries,
                "config/init.xml",
                "<template xmlns=\"http://ws.apache.org/ns/synapse\" name=\"init\"><parameter name=\"greeting\"/>"
                        + "<sequence><property name=\"greeting\" expression=\"$func:greeting\"/></sequence></template>");
        put(
                entries,
                "operations/component.xml",
                "<component name=\"operations\" type=\"synapse/template\"><subComponents><component name=\"greet\">"
                        + "<file>greet.xml</file></component></subComponents></component>");
        put(
                entries,
                "operations/greet.xml",
                "<template xmlns=\"http://ws.apache.org/ns/synapse\" name=\"greet\"><parameter name=\"name\"/>\n"
                        + "<sequence><class name=\"" + WhoLoadedMeMediator.class.getName() + "\"/>"
                        + "<property name=\"greeting\" expression=\"concat($ctx:greeting, ' ', $func:name)\"/></sequence></template>");
        return entries;
    }

    private static Map<String, byte[]> withClassAtTheRoot() {
        Map<String, byte[]> entries = connector();
        entries.put(CarBuilder.path(WhoLoadedMeMediator.class), CarBuilder.bytes(WhoLoadedMeMediator.class));
        return entries;
    }

    private static void put(Map<String, byte[]> entries, String path, String content) {
        entries.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private static CarBuilder carWith(Map<String, byte[]> connector) {
        return car("hello").artifact("hello", "synapse/lib", "hello-1.0.0.zip", CarBuilder.zip(connector));
    }

    private static CarBuilder flow(CarBuilder car, String call) {
        return car.flow("HelloAPI", "/hello", call + ANSWER);
    }

    private void assertAnswer(CarBuilder car, String answer) {
        try (EmbeddedRuntime runtime =
                EmbeddedRuntime.builder().car(car.writeTo(directory)).start()) {
            assertThat(new HttpApi(runtime.baseUri())
                            .get("/hello", "Greeting", "Welcome", "Name", "Alice")
                            .body())
                    .isEqualTo(answer);
        }
    }

    private void refused(CarBuilder car, String... parts) {
        assertThatThrownBy(() -> EmbeddedRuntime.builder()
                        .car(car.writeTo(directory))
                        .start()
                        .close())
                .isInstanceOf(DeploymentException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    /** As WSO2's own connectors have them. */
    @Test
    void classesMayStandAtTheRootOfTheZip() {
        assertAnswer(
                flow(carWith(withClassAtTheRoot()), "<hello.greet><name>{$trp:Name}</name></hello.greet>"),
                "Alice hello-1.0.0.zip");
    }

    @Test
    void classesMayStandInJars() {
        Map<String, byte[]> connector = connector();
        connector.put("lib/hello.jar", CarBuilder.jar(WhoLoadedMeMediator.class));
        assertAnswer(flow(carWith(connector), "<hello.greet><name>Bob</name></hello.greet>"), "Bob hello-1.0.0.zip");
    }

    @Test
    void aMissingClassIsNamedWithItsConnector() {
        refused(
                flow(carWith(connector()), "<hello.greet/>"),
                "hello-1.0.0.zip: operations/greet.xml",
                WhoLoadedMeMediator.class.getName() + " is neither in a jar in lib/ nor at the root of the connector",
                "hello-1.0.0.zip");
    }

    /** As connectors for Micro Integrator 4.4 do without asking whether the engine has variables. */
    @ParameterizedTest
    @ValueSource(strings = {"org.apache.synapse.MessageContext", "org.apache.synapse.mediators.Unknown"})
    void aClassThatCallsWhatOnlyMicroIntegratorHasIsNamedWithItsConnector(String owner) {
        Map<String, byte[]> jar = Map.of("com/example/SetsVariable.class", setsVariable(owner));
        Map<String, byte[]> connector = withClassAtTheRoot();
        connector.put("lib/variables.jar", CarBuilder.zip(jar));
        refused(
                carWith(connector),
                "hello-1.0.0.zip: the class com.example.SetsVariable of the connector hello calls " + owner
                        + ".setVariable()");
    }

    @Test
    void aClassThatCannotBeReadIsNamed() {
        Map<String, byte[]> connector = withClassAtTheRoot();
        put(connector, "com/example/Broken.class", "not a class");
        refused(carWith(connector), "hello-1.0.0.zip: com/example/Broken.class is not a class");
    }

    /** A class that cannot be compiled here: the engine's types lack the method. */
    private static byte[] setsVariable(String owner) {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "com/example/SetsVariable", null, "java/lang/Object", null);
        MethodVisitor method = type.visitMethod(
                Opcodes.ACC_PUBLIC, "mediate", "(Lorg/apache/synapse/MessageContext;)V", null, new String[0]);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitLdcInsn("quote");
        // Takes two places in the constant pool.
        method.visitLdcInsn(12L);
        method.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, owner.replace('.', '/'), "setVariable", "(Ljava/lang/String;J)V", true);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    @Test
    void theConnectionIsCalledBeforeTheOperation() {
        assertAnswer(
                flow(
                        carWith(withClassAtTheRoot())
                                .xml(
                                        "polite",
                                        "synapse/local-entry",
                                        "<localEntry key=\"polite\">" + CONNECTION + "</localEntry>"),
                        "<hello.greet configKey=\"polite\"><name>{$trp:Name}</name></hello.greet>"),
                "Welcome Alice hello-1.0.0.zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<hello.greet configKey=\"rude\"/>            | there is no local entry rude with a connection",
                "<hello.greet fancy=\"yes\"/>                 | attributes of <hello.greet> other than configKey",
                "<hello.greet><name><a/></name></hello.greet> | <name>: a parameter with elements or attributes",
                "<hello.wave/>                                | com.example.hello.wave",
                "<goodbye.greet/>                             | there is no connector goodbye"
            })
    void aCallThatCannotWorkIsRefused(String call, String message) {
        refused(flow(carWith(withClassAtTheRoot()), call), "HelloAPI-1.0.0.xml:", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connector.xml", "operations/component.xml", "operations/greet.xml"})
    void aConnectorThatLacksAFileIsRefused(String file) {
        Map<String, byte[]> connector = withClassAtTheRoot();
        connector.remove(file);
        refused(carWith(connector), "hello-1.0.0.zip", "the connector has no " + file);
    }

    @Test
    void twoConnectorsOfOneNameAreRefused() {
        refused(
                carWith(withClassAtTheRoot())
                        .artifact("again", "synapse/lib", "again-1.0.0.zip", CarBuilder.zip(withClassAtTheRoot())),
                "the connector hello already exists");
    }
}
