package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.car.CarDeployer;
import com.books.bookstore.runtime.mediators.JsonEchoMediator;
import com.books.bookstore.runtime.mediators.WhoLoadedMeMediator;
import com.books.bookstore.runtime.support.CarBuilder;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** CARs that are taken and CARs that are refused, and what the refusal says. */
@Tag("slow")
class DeploymentTest {

    private static final String FAR_DATA_SERVICE = "<data name=\"Far\"><config id=\"far\">"
            + "<property name=\"driverClassName\">org.h2.Driver</property>"
            + "<property name=\"url\">jdbc:h2:tcp://localhost:1/far;USER=u;PASSWORD=secret</property></config>"
            + "<query id=\"q\" useConfig=\"far\"><sql>SELECT 1 AS A</sql>"
            + "<result element=\"Rows\" rowName=\"Row\"><element name=\"A\" column=\"A\"/></result></query>"
            + "<operation name=\"o\"><call-query href=\"q\"/></operation></data>";

    @TempDir
    private Path directory;

    private static void refused(Path car, String... parts) {
        assertThatThrownBy(() -> EmbeddedRuntime.builder().car(car).start().close())
                .isInstanceOf(DeploymentException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    /** The second line of the file is the first of the flow. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<foreach expression=\"//a\"/>                                           | :2: <foreach> in <sequence>",
                "<respond/><script language=\"js\"/>                                     | <script> in <sequence>",
                "<log><message>${vars.a + 1}</message></log>                             | :2: ${vars.a + 1} in <message>: only a path",
                "<variable name=\"a\"/>                                                  | <variable> needs a value or an expression",
                "<variable name=\"a\" value=\"x\" type=\"INTEGER\"/>                    | \"x\" is not a valid INTEGER",
                "<filter xpath=\"${vars.a}\"><then/></filter>                             | use source and regex",
                "<throwError errorMessage=\"${vars.a}\"/>                                | is a text and no expression: write {${vars.a}}",
                "<sequence key=\"main\"/>                                                | :2: calling the sequence main",
                "<header name=\"To\"/>                                                    | :2: <header> needs a value or an expression",
                "<property name=\"a\" value=\"1\" scope=\"registry\"/>                   | \"registry\" in <property>",
                "<property name=\"a\" value=\"1\" fancy=\"yes\"/>                        | the attribute fancy of <property>",
                "<property value=\"1\"/>                                                 | <property> needs the attribute name",
                "<property name=\"a\"/>                                                  | needs a value, an expression or an XML child",
                "<property name=\"a\" expression=\"${toUpper(vars.x)}\"/>                | only a path that begins",
                "<property name=\"a\" expression=\"$ctx:\"/>                             | invalid XPath $ctx:",
                "<property name=\"a\" expression=\"fn:replace('a','b','c')\"/>           | the function replace()",
                "<property name=\"a\" expression=\"$env:HOME\"/>                         | the variable $env:HOME",
                "<property name=\"a\" expression=\"json-eval(a.b)\"/>                    | invalid JSONPath a.b",
                "<filter source=\"$ctx:a\" regex=\"(\"><then/></filter>                  | invalid regular expression (",
                "<filter source=\"$ctx:a\"><then/></filter>                              | needs either xpath or source and regex",
                "<filter xpath=\"json-eval($.a)\"><then/></filter>                          | use source and regex",
                "<switch source=\"$ctx:a\"><case regex=\"a\"><nothing/></case></switch>  | <nothing> in <case>",
                "<class name=\"com.example.Missing\"/>                                   | com.example.Missing is in no mediator jar of this CAR",
                "<sequence key=\"Nowhere\"/>                                             | :2: the sequence Nowhere does not exist",
                "<shop.buy><book>1</book></shop.buy>                                     | :2: <shop.buy>: there is no connector shop",
                "<call-template target=\"Nowhere\"/>                                     | the template Nowhere does not exist",
                "<call><endpoint key=\"Nowhere\"/></call>                                | the endpoint Nowhere does not exist",
                "<payloadFactory media-type=\"json\"><format>${a}</format></payloadFactory>| :2: ${a} in <format>: only a path",
                "<payloadFactory media-type=\"json\"><format key=\"a\"/></payloadFactory> | :2: the attribute key of <format>",
                "<payloadFactory media-type=\"yaml\"><format>a</format></payloadFactory>  | \"yaml\" in <payloadFactory>",
                "<payloadFactory media-type=\"xml\"><format>a</format></payloadFactory>   | :2: <format> needs an element for XML",
                "<payloadFactory media-type=\"xml\"><format><a>${b}</a></format></payloadFactory> | ${b} in <format>: only a path",
                "text                                                                    | text in <sequence> is not supported: text",
            })
    void anUnknownConstructIsRefusedWithFileAndName(String mediators, String message) {
        refused(
                car("bad").sequence("Flow", mediators).writeTo(directory),
                "bad_1.0.0.car: Flow_1.0.0/Flow-1.0.0.xml",
                message);
    }

    @Test
    void aDataServiceCallNeedsADeployedService() {
        refused(
                car("bad")
                        .sequence(
                                "Flow",
                                "<dataServiceCall serviceName=\"Nowhere\"><source type=\"inline\"/><operations type=\"single\">"
                                        + "<operation name=\"x\"/></operations><target type=\"body\"/></dataServiceCall>")
                        .writeTo(directory),
                "the data service Nowhere does not exist");
    }

    @Test
    void aBrokenDataServiceIsRefusedWithItsFile() {
        refused(
                car("bad")
                        .dataService("BooksDataService", "<data name=\"BooksDataService\"><surprise/></data>")
                        .writeTo(directory),
                "bad_1.0.0.car: BooksDataService_1.0.0/BooksDataService-1.0.0.dbs:1",
                "surprise");
    }

    @Test
    void aProjectMayBringItsOwnMainAndFaultSequences() {
        Path car = car("own")
                .flow("FailingAPI", "/failing", "<throwError type=\"A\" errorMessage=\"no\"/>")
                .sequence(
                        "main",
                        "<property name=\"HTTP_SC\" value=\"404\" scope=\"axis2\"/><payloadFactory media-type=\"text\">"
                                + "<format>main</format></payloadFactory><respond/>")
                .sequence(
                        "fault",
                        "<property name=\"HTTP_SC\" value=\"500\" scope=\"axis2\"/><payloadFactory media-type=\"text\">"
                                + "<format>fault</format></payloadFactory><respond/>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder().car(car).start()) {
            HttpApi http = new HttpApi(runtime.baseUri());

            assertThat(http.get("/elsewhere").body()).isEqualTo("main");
            assertThat(http.get("/failing").body()).isEqualTo("fault");
        }
    }

    @Test
    void foldersOfSnapshotsHaveATimeStampInTheirNames() {
        Path car = car("snapshot")
                .flow("EchoAPI", "/echo", "<respond/>")
                .renamed("EchoAPI_1.0.0/", "EchoAPI_1.0.0-20261128101500/")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder().car(car).start()) {
            assertThat(runtime.apiContexts()).containsExactly("/echo");
        }
    }

    /** What the extension for VS Code and its Maven plugin make of a new project with the sample API. */
    @Test
    void theGeneratedHelloWorldIsDeployed() {
        Path car = car("HelloWorld")
                .artifact("config", "config/property", "config.properties", "")
                .artifact(
                        "HelloWorldAPI_metadata",
                        "synapse/metadata",
                        "HelloWorldAPI_metadata-1.0.0.yaml",
                        "---\nkey: \"HelloWorldAPI-1.0.0\"\nname : \"HelloWorldAPI\"\n")
                .api(
                        "HelloWorldAPI",
                        "/HelloWorld",
                        "<resource methods=\"GET\" uri-template=\"/\"><inSequence>"
                                + "<log category=\"INFO\" logMessageID=\"false\" logFullPayload=\"false\"><message>Hello</message></log>"
                                + "<payloadFactory media-type=\"json\" template-type=\"default\" description=\"Build Payload\">"
                                + "<format>{\"Hello\":\"World\"}</format></payloadFactory>"
                                + "<respond description=\"Respond\"/></inSequence><faultSequence></faultSequence></resource>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder().car(car).start()) {
            assertThat(new HttpApi(runtime.baseUri()).get("/HelloWorld").body()).isEqualTo("{\"Hello\":\"World\"}");
        }
    }

    @Test
    void anUnreachableDatabaseIsNamedWithItsConfiguration() {
        refused(
                car("bad").dataService("Far", FAR_DATA_SERVICE).writeTo(directory),
                "bad_1.0.0.car: Far_1.0.0/Far-1.0.0.dbs:1",
                "the configuration far cannot connect to jdbc:h2:tcp://localhost:1/far");
    }

    @Test
    void aConfigurationOfADataServiceCanBeRedirected() {
        Path car = car("far")
                .dataService("Far", FAR_DATA_SERVICE)
                .flow(
                        "FarAPI",
                        "/far",
                        "<dataServiceCall serviceName=\"Far\"><source type=\"inline\"/><operations type=\"single\">"
                                + "<operation name=\"o\"/></operations><target type=\"body\"/></dataServiceCall><respond/>")
                .writeTo(directory);
        JdbcDataSource near = new JdbcDataSource();
        near.setURL("jdbc:h2:mem:redirected");
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder()
                .car(car)
                .dataSource("Far", "far", near)
                .start()) {
            assertThat(new HttpApi(runtime.baseUri()).get("/far").body()).contains("<A>1</A>");
        }
    }

    @Test
    void anUnknownArtifactTypeIsRefused() {
        refused(
                car("bad")
                        .artifact("Mailbox", "synapse/inbound-endpoint", "Mailbox-1.0.0.xml", "<inboundEndpoint/>")
                        .writeTo(directory),
                "bad_1.0.0.car: Mailbox_1.0.0/Mailbox-1.0.0.xml",
                "synapse/inbound-endpoint");
    }

    @Test
    void malformedXmlIsRefusedWithItsLine() {
        refused(
                car("bad").sequence("Flow", "<log>\n<property></log>").writeTo(directory),
                "Flow-1.0.0.xml:3: not well-formed XML");
    }

    @Test
    void aWrongRootElementIsRefused() {
        refused(
                car("bad")
                        .artifact("Flow", "synapse/sequence", "Flow-1.0.0.xml", "<sequence name=\"Flow\"/>")
                        .writeTo(directory),
                "Flow-1.0.0.xml:1: the root element is <sequence>");
    }

    @Test
    void aFileThatTheCarListsButLacksIsNamed() {
        refused(
                car("bad")
                        .sequence("Flow", "")
                        .without("Flow_1.0.0/Flow-1.0.0.xml")
                        .writeTo(directory),
                "the CAR has no file Flow_1.0.0/Flow-1.0.0.xml");
    }

    @Test
    void whatIsNoCarIsRefused() throws IOException {
        Path noCar = Files.writeString(directory.resolve("no.car"), "hello");

        refused(noCar, "no.car: not a CAR");
        refused(directory.resolve("missing.car"), "missing.car does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<resource methods=\"GET\" uri-template=\"/a\"/><resource methods=\"POST GET\" uri-template=\"/a\"/> | same path and a method in common",
                "<resource methods=\"GET\"/><resource methods=\"POST\"/>                                             | same path and a method in common",
                "<resource methods=\"GET\" uri-template=\"/{a\"/>                                                    | the URI template /{a",
                "<resource uri-template=\"/a\"/>                                                                     | <resource> needs the attribute methods",
                "<handlers/>                                                                                         | <handlers> in <api>",
            })
    void anApiThatCannotWorkIsRefused(String resources, String message) {
        refused(car("bad").api("BadAPI", "/bad", resources).writeTo(directory), "BadAPI-1.0.0.xml:2", message);
    }

    @Test
    void twoArtifactsOfOneNameAreRefused() {
        Path first = car("first").flow("OneAPI", "/one", "<respond/>").writeTo(directory);
        Path second = car("second").flow("OneAPI", "/two", "<respond/>").writeTo(directory);

        assertThatThrownBy(
                        () -> EmbeddedRuntime.builder().car(first).car(second).start())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("second_1.0.0.car")
                .hasMessageContaining("the API OneAPI already exists");
    }

    @Test
    void carsAreDeployedAfterTheirDependenciesElseAlphabetically() {
        Path a = car("a").dependsOn("z").flow("AAPI", "/a", "<respond/>").writeTo(directory);
        Path m = car("m").flow("MAPI", "/m", "<respond/>").writeTo(directory);
        Path z = car("z").flow("ZAPI", "/z", "<respond/>").writeTo(directory);
        List<String> order = new ArrayList<>();

        EmbeddedRuntime.builder()
                .car(m)
                .car(a)
                .car(z)
                .onDeployed(order::add)
                .start()
                .close();

        assertThat(order).containsExactly("z_1.0.0.car", "a_1.0.0.car", "m_1.0.0.car");
    }

    /** Every project that WSO2's generator makes has such an artifact, mostly an empty one. */
    @Test
    void aListOfSettingsIsAcceptedAndThoseWithoutValueAreLogged() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(CarDeployer.class);
        log.start();
        logger.addAppender(log);
        try {
            EmbeddedRuntime.builder()
                    .car(car("a").artifact("config", "config/property", "config.properties", "# none\n")
                            .writeTo(directory))
                    .car(car("b").artifact(
                                    "config",
                                    "config/property",
                                    "config.properties",
                                    "test.given:string\ntest.missing:string\n")
                            .writeTo(directory))
                    .systemProperty("test.given", "x")
                    .start()
                    .close();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("b_1.0.0.car: config_1.0.0/config.properties: the setting test.missing has no value."
                        + " Set a system property or an environment variable of that name");
    }

    @Test
    void aMissingOrCircularDependencyIsRefused() {
        refused(car("a").dependsOn("missing").writeTo(directory), "depends on com.example__missing__1.0.0");

        Path a = car("a").dependsOn("b").writeTo(directory);
        Path b = car("b").dependsOn("a").writeTo(directory);
        assertThatThrownBy(() -> EmbeddedRuntime.builder().car(a).car(b).start())
                .hasMessageContaining("depends on itself");
    }

    @Test
    void sequencesOfAnotherCarCanBeCalledButItsMediatorsCannotBeUsed() {
        CarBuilder library = car("library")
                .mediators("Mediators", WhoLoadedMeMediator.class)
                .sequence("Shared", "<class name=\"com.books.bookstore.runtime.mediators.WhoLoadedMeMediator\"/>");
        Path libraryCar = library.writeTo(directory);
        Path caller = car("caller")
                .flow(
                        "CallerAPI",
                        "/caller",
                        "<sequence key=\"Shared\"/><payloadFactory media-type=\"text\">"
                                + "<format>$1 $2 $3 $4</format><args><arg expression=\"$ctx:seen.loader\"/><arg expression=\"$ctx:seen.runtime\"/>"
                                + "<arg expression=\"$ctx:seen.jackson\"/><arg expression=\"$ctx:seen.synapse\"/></args></payloadFactory><respond/>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime =
                EmbeddedRuntime.builder().car(caller).car(libraryCar).start()) {
            assertThat(new HttpApi(runtime.baseUri()).get("/caller").body()).isEqualTo("library_1.0.0.car no no yes");
        }

        Path thief = car("thief")
                .sequence("Steal", "<class name=\"com.books.bookstore.runtime.mediators.WhoLoadedMeMediator\"/>")
                .writeTo(directory);
        assertThatThrownBy(() ->
                        EmbeddedRuntime.builder().car(libraryCar).car(thief).start())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("thief_1.0.0.car")
                .hasMessageContaining("is in no mediator jar of this CAR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<property name=\"nothing\" value=\"1\"/>  | has no setNothing()",
                "<property name=\"prefix\"/>               | needs a value or an XML child",
            })
    void aMediatorPropertyWithoutSetterIsRefused(String property, String message) {
        refused(
                car("bad")
                        .mediators("Mediators", JsonEchoMediator.class)
                        .sequence(
                                "Flow",
                                "<class name=\"com.books.bookstore.runtime.mediators.JsonEchoMediator\">" + property
                                        + "</class>")
                        .writeTo(directory),
                "Flow-1.0.0.xml",
                message);
    }

    @Test
    void aRefusedCarLeavesNothingBehind() {
        Path good = car("good").flow("GoodAPI", "/good", "<respond/>").writeTo(directory);
        Path bad = car("bad").sequence("Flow", "<nothing/>").writeTo(directory);
        System.clearProperty("bookstore.test.left");

        assertThatThrownBy(() -> EmbeddedRuntime.builder()
                        .car(good)
                        .car(bad)
                        .systemProperty("bookstore.test.left", "x")
                        .start())
                .isInstanceOf(DeploymentException.class);

        assertThat(System.getProperty("bookstore.test.left")).isNull();
        EmbeddedRuntime.builder().car(good).start().close();
    }
}
