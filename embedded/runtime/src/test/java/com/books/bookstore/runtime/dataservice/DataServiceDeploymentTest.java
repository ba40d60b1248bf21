package com.books.bookstore.runtime.dataservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Deploying a data service")
class DataServiceDeploymentTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    /** Every test changes one line of it. */
    private static final List<String> VALID = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment
                 of two lines -->
            <data name="Valid" transports="local">
                <config id="c">
                    <property name="driverClassName">org.h2.Driver</property>
                    <property name="url">jdbc:h2:mem:deployment</property>
                    <property name="maxActive">2</property>
                </config>
                <query id="q" useConfig="c">
                    <sql>SELECT :a AS a, 'x' AS b</sql>
                    <param name="a" sqlType="STRING"/>
                    <result element="Rows" rowName="Row">
                        <element name="a" column="a" xsdType="string"/>
                    </result>
                </query>
                <query id="j" useConfig="c">
                    <sql>SELECT 1 AS n</sql>
                    <result outputType="json">{"rows": {"row": [{"n": "$n(type:integer)"}]}}</result>
                </query>
                <operation name="o"
                           disableStreaming="true">
                    <call-query href="q">
                        <with-param name="a" query-param="a"/>
                    </call-query>
                </operation>
            </data>
            """.lines().toList();

    private static final PooledDataSources POOLS = new PooledDataSources();
    private static DataServiceEngine engine;

    @BeforeAll
    static void start() {
        engine = new DataServiceEngine(ENGINE_CACHE, POOLS);
    }

    @AfterAll
    static void stop() {
        engine.close();
        POOLS.close();
    }

    @Test
    @DisplayName("accepts the definition that the other tests spoil")
    void valid() {
        assertThat(engine.deploy(String.join("\n", VALID), "Valid.dbs")).isEqualTo("Valid");
        assertThat(engine.isDeployed("Valid")).isTrue();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            4  | transports="local"           | transport="local"            | Broken.dbs:4: <data>: the attribute 'transport' is not supported
            4  | transports="local"           | serviceStatus="inactive"     | Broken.dbs:4: <data>: the attribute 'serviceStatus' cannot be 'inactive'
            4  | name="Valid"                 | title="Valid"                | Broken.dbs:4: <data>: the attribute 'name' is missing
            5  | id="c"                       | id="other"                   | Broken.dbs:10: <query>: uses the config 'c', which does not exist
            6  | name="driverClassName"       | name="driver"                | Broken.dbs:6: <property>: the property 'driver' is not supported in a <config>
            7  | jdbc:h2:mem:deployment       | $SYSTEM:NOT_SET_ANYWHERE     | Broken.dbs:7: <property>: 'url' refers to $SYSTEM:NOT_SET_ANYWHERE, but there is neither a system property nor an environment variable of that name
            7  | jdbc:h2:mem:deployment       | $SYSTEM:HOST:3306            | Broken.dbs:7: <property>: 'url' can only refer to a variable as $SYSTEM:NAME
            7  | name="url"                   | name="initSQL"               | Broken.dbs:7: <property>: the property 'initSQL' is not supported in a <config>
            7  | name="url"                   | name="maxIdle"               | Broken.dbs:5: <config>: needs driverClassName and url, or carbon_datasource_name
            8  | >2<                          | >two<                        | Broken.dbs:5: <config>: the property 'maxActive' must be a whole number
            8  | name="maxActive"             | name="carbon_datasource_name" | Broken.dbs:5: <config>: has both a url and a carbon_datasource_name
            10 | useConfig="c"                | useConfig="d"                | Broken.dbs:10: <query>: uses the config 'd', which does not exist
            10 | useConfig="c"                | input-event-trigger="t"      | Broken.dbs:10: <query>: the attribute 'input-event-trigger' is not supported
            11 | <sql>                        | <sql dialect="x" hint="y">   | Broken.dbs:11: <sql>: the attribute 'hint' is not supported
            11 | SELECT :a AS a, 'x' AS b     | ``                           | Broken.dbs:10: <query>: has no <sql>
            11 | :a                           | :b                           | Broken.dbs:11: <sql>: uses the parameter ':b', which the query does not declare
            11 | :a                           | :a+1                         | Broken.dbs:11: <sql>: the parameter ':a' must be followed by a space, a comma, a parenthesis or a line end
            11 | 'x'                          | ':apple'                     | Broken.dbs:11: <sql>: the quoted text ':apple' would be taken for the parameter 'a'
            11 | :a                           | ? + ?                        | Broken.dbs:11: <sql>: has 2 question marks, but the query declares 1 parameters
            12 | sqlType="STRING"             | sqlType="DECIMAL"            | Broken.dbs:12: <param>: the attribute 'sqlType' cannot be 'DECIMAL'
            12 | sqlType="STRING"             | ordinal="1"                  | Broken.dbs:12: <param>: the attribute 'sqlType' is missing
            12 | sqlType="STRING"             | sqlType="STRING" optional="true" | Broken.dbs:12: <param>: the attribute 'optional' is not supported
            12 | <param                       | <parameter                   | Broken.dbs:12: <parameter>: is not supported inside <query>
            13 | element="Rows"               | defaultNamespace="urn:x"     | Broken.dbs:13: <result>: needs the attribute 'element', because the operation 'o' answers with it
            13 | element="Rows"               | element="Rows" outputType="JSON" | Broken.dbs:13: <result>: the attribute 'outputType' cannot be 'JSON'
            13 | element="Rows"               | element="Rows" xsltPath="x.xsl" | Broken.dbs:13: <result>: the attribute 'xsltPath' is not supported
            14 | column="a"                   | ``                           | Broken.dbs:14: <element>: needs exactly one of column, query-param and value
            14 | column="a"                   | column="a" requiredRoles="admin" | Broken.dbs:14: <element>: the attribute 'requiredRoles' is not supported
            17 | id="j"                       | id="q"                       | Broken.dbs:17: <query>: there is another one with the id 'q'
            19 | $n(type:integer)             | n                            | Broken.dbs:19: <result>: the JSON mapping is wrong: A result entry column value must start with $, found: n
            21 | name="o"                     | name=""                      | Broken.dbs:21: <operation>: the attribute 'name' is missing
            22 | disableStreaming="true"      | disableStreaming="yes"       | Broken.dbs:21: <operation>: the attribute 'disableStreaming' cannot be 'yes'
            22 | disableStreaming             | disabledStreaming            | Broken.dbs:21: <operation>: the attribute 'disabledStreaming' is not supported
            23 | href="q"                     | href="r"                     | Broken.dbs:23: <call-query>: calls the query 'r', which does not exist
            24 | name="a"                     | name="b"                     | Broken.dbs:24: <with-param>: the query 'q' has no param 'b'
            24 | query-param="a"              | ``                           | Broken.dbs:24: <with-param>: needs either query-param or column
            26 | </operation>                 | </operation><resource path="books" method="GET"/> | Broken.dbs:26: <resource>: is not supported inside <data>
            26 | </operation>                 | </operation><operation name="p"/> | Broken.dbs:26: <operation>: needs exactly one <call-query>
            26 | </operation>                 | </operation><x:policy xmlns:x="urn:x"/> | Broken.dbs:26: <policy>: elements of the namespace urn:x are not supported
            """)
    @DisplayName("fails with file, line, element and reason")
    void invalid(int line, String text, String replacement, String message) {
        DataServiceDeploymentException failure = catchThrowableOfType(
                DataServiceDeploymentException.class,
                () -> engine.deploy(spoilt(line, text, replacement), "Broken.dbs"));
        assertThat(failure).hasMessage(message);
        assertThat(message).startsWith(failure.file() + ':' + failure.line() + ": <" + failure.element() + '>');
        assertThat(engine.isDeployed("Valid2")).isFalse();
    }

    @Test
    @DisplayName("fails where a JSON mapping does not parse")
    void malformedJson() {
        assertThatThrownBy(() -> engine.deploy(spoilt(19, "}]}}", "}]"), "Broken.dbs"))
                .isInstanceOf(DataServiceDeploymentException.class)
                .hasMessageStartingWith("Broken.dbs:19: <result>: the JSON mapping is wrong: ");
    }

    @Test
    @DisplayName("fails where a JSON mapping calls a query that does not exist")
    void jsonCallsUnknownQuery() {
        assertThatThrownBy(() -> engine.deploy(
                        spoilt(19, "\"n\": \"$n(type:integer)\"", "\"@missing\": \"$n->n\""), "Broken.dbs"))
                .isInstanceOf(DataServiceDeploymentException.class)
                .hasMessageContaining("missing");
    }

    @Test
    @DisplayName("fails at the line where XML ends to be well-formed, and on document types")
    void malformedXml() {
        assertThatThrownBy(() -> engine.deploy(spoilt(16, "</query>", "</qwery>"), "Broken.dbs"))
                .isInstanceOf(DataServiceDeploymentException.class)
                .hasMessage("Broken.dbs:16: <data>: the file is not well-formed XML");
        assertThatThrownBy(() -> engine.deploy(
                        "<!DOCTYPE data [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n" + "<data name='&x;'/>",
                        "Broken.dbs"))
                .isInstanceOf(DataServiceDeploymentException.class);
        assertThatThrownBy(() -> engine.deploy("<definitions/>", "Broken.dbs"))
                .hasMessage("Broken.dbs:1: <definitions>: a data service starts with <data>");
    }

    @Test
    @DisplayName("fails when there is no pool, or the database cannot be reached, and works once it can")
    void unreachableDatabase() {
        DataServiceDeploymentException noPool = catchThrowableOfType(
                DataServiceDeploymentException.class,
                () -> engine.deploy(
                        spoilt(7, "name=\"url\">jdbc:h2:mem:deployment", "name=\"carbon_datasource_name\">Unknown"),
                        "Broken.dbs"));
        assertThat(noPool).hasMessage("Broken.dbs:5: <config>: there is no pool for data source Unknown");

        String closed = "jdbc:h2:mem:absent;IFEXISTS=TRUE";
        DataServiceDeploymentException unreachable = catchThrowableOfType(
                DataServiceDeploymentException.class,
                () -> engine.deploy(
                        spoilt(7, "jdbc:h2:mem:deployment", closed)
                                .replace(">2<", ">2</property><property name=\"maxWait\">250<"),
                        "Broken.dbs"));
        assertThat(unreachable)
                .hasMessageStartingWith(
                        "Broken.dbs:4: <data>: the configuration c cannot connect to jdbc:h2:mem:absent (SQLState ")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(engine.isDeployed("Valid2")).isFalse();

        assertThat(engine.deploy(spoilt(1, "", "").replace("Valid2", "Valid3"), "Valid3.dbs"))
                .isEqualTo("Valid3");
    }

    @Test
    @DisplayName("keeps secrets out of the text form of the settings")
    void settingsAsText() {
        assertThat(new ConnectionSettings(
                        null, "d", "jdbc:mysql://me:pw@db:3306/books?password=pw", "me", "pw", Map.of()))
                .hasToString("jdbc:mysql://db:3306/books");
    }

    private static String spoilt(int line, String text, String replacement) {
        String[] lines = VALID.toArray(String[]::new);
        assertThat(lines[line - 1]).contains(text);
        lines[line - 1] = lines[line - 1].replace(text, replacement == null ? "" : replacement);
        return String.join("\n", Arrays.asList(lines)).replace("name=\"Valid\"", "name=\"Valid2\"");
    }
}
