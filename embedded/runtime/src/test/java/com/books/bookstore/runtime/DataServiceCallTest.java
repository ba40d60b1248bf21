package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.mediators.CauseMediator;
import com.books.bookstore.runtime.support.HttpApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that call data services, on an H2 database. */
@Tag("slow")
class DataServiceCallTest {

    private static final String URL = "jdbc:h2:mem:dataservicecall;DB_CLOSE_DELAY=-1";

    private static final String SERVICE = """
            <data name="ShelfDataService" transports="local" disableStreaming="true" enableBoxcarring="true" disableLegacyBoxcarringMode="true">
              <config id="db">
                <property name="driverClassName">org.h2.Driver</property>
                <property name="url">$SYSTEM:SHELF_DB_URL</property>
                <property name="username">$SYSTEM:SHELF_DB_USER</property>
                <property name="password">$SYSTEM:SHELF_DB_PASSWORD</property>
              </config>
              <query id="byTitle" useConfig="db">
                <sql>SELECT id, title FROM shelf WHERE title LIKE :pattern ORDER BY id</sql>
                <param name="pattern" sqlType="STRING"/>
                <result element="Shelf" rowName="Row">
                  <element name="id" column="id" xsdType="integer"/>
                  <element name="title" column="title" xsdType="string"/>
                </result>
              </query>
              <query id="add" useConfig="db">
                <sql>INSERT INTO shelf(id, title) VALUES (:id, :title)</sql>
                <param name="id" sqlType="INTEGER"/>
                <param name="title" sqlType="STRING"/>
              </query>
              <operation name="byTitle"><call-query href="byTitle"><with-param name="pattern" query-param="pattern"/></call-query></operation>
              <operation name="add"><call-query href="add"><with-param name="id" query-param="id"/><with-param name="title" query-param="title"/></call-query></operation>
            </data>
            """;

    private static Connection keptOpen;
    private static EmbeddedRuntime runtime;
    private static HttpApi http;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        keptOpen = DriverManager.getConnection(URL, "sa", "");
        try (Statement statement = keptOpen.createStatement()) {
            statement.execute(
                    "CREATE TABLE shelf(id INT PRIMARY KEY, title VARCHAR(20) NOT NULL CHECK (title <> 'bad'))");
            statement.execute("INSERT INTO shelf VALUES (1, '1984'), (2, 'Dune & co')");
        }
        runtime = EmbeddedRuntime.builder()
                .systemProperty("SHELF_DB_URL", URL)
                .systemProperty("SHELF_DB_USER", "sa")
                .systemProperty("SHELF_DB_PASSWORD", "")
                .car(car("shelf")
                        .dataService("ShelfDataService", SERVICE)
                        .flow(
                                "PropertyAPI",
                                "/property",
                                call(
                                                "single",
                                                "byTitle",
                                                "<param name=\"pattern\" expression=\"$ctx:query.param.q\"/>",
                                                "<target type=\"property\" name=\"rows\"/>")
                                        + text(
                                                "count($ctx:rows/*[local-name()='Row'])",
                                                "$ctx:rows//*[local-name()='title']")
                                        + "<respond/>")
                        .flow(
                                "BodyAPI",
                                "/body",
                                call(
                                                "single",
                                                "byTitle",
                                                "<param name=\"pattern\" value=\"1984\"/>",
                                                "<target type=\"body\"/>")
                                        + "<property name=\"messageType\" value=\"application/json\" scope=\"axis2\"/><respond/>")
                        .api(
                                "BoxAPI",
                                "/box",
                                "<resource methods=\"POST\" faultSequence=\"Failed\"><inSequence>"
                                        + "<dataServiceCall serviceName=\"ShelfDataService\"><source type=\"inline\"/><operations type=\"request-box\">"
                                        + operation(
                                                "add",
                                                "<param name=\"id\" value=\"3\"/><param name=\"title\" value=\"good\"/>")
                                        + operation(
                                                "add",
                                                "<param name=\"id\" value=\"4\"/><param name=\"title\" evaluator=\"json\" expression=\"$.title\"/>")
                                        + "</operations><target type=\"property\" name=\"done\"/></dataServiceCall>"
                                        + text("'done'", "''")
                                        + "<respond/></inSequence></resource>")
                        .api(
                                "CauseAPI",
                                "/cause",
                                "<resource methods=\"POST\"><inSequence>"
                                        + call(
                                                "single",
                                                "add",
                                                "<param name=\"id\" value=\"5\"/><param name=\"title\" value=\"bad\"/>",
                                                "<target type=\"property\" name=\"done\"/>")
                                        + "</inSequence><faultSequence><class name=\""
                                        + CauseMediator.class.getName() + "\"/>"
                                        + text("$ctx:DS_CODE", "$ctx:database.exception")
                                        + "<respond/></faultSequence></resource>")
                        .mediators("Causes", CauseMediator.class)
                        .sequence(
                                "Failed",
                                text("$ctx:ERROR_CODE", "$ctx:ERROR_MESSAGE")
                                        + "<property name=\"HTTP_SC\" value=\"500\" scope=\"axis2\"/><respond/>")
                        .writeTo(directory))
                .start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() throws SQLException {
        runtime.close();
        keptOpen.close();
    }

    private static String call(String type, String operation, String params, String target) {
        return "<dataServiceCall serviceName=\"ShelfDataService\"><source type=\"inline\"/><operations type=\"" + type
                + "\">" + operation(operation, params) + "</operations>" + target + "</dataServiceCall>";
    }

    private static String operation(String name, String params) {
        return "<operation name=\"" + name + "\">" + params + "</operation>";
    }

    private static String text(String first, String second) {
        return "<payloadFactory media-type=\"text\"><format>$1|$2</format><args><arg expression=\"" + first
                + "\"/><arg expression=\"" + second + "\"/></args></payloadFactory>";
    }

    private static int rows() throws SQLException {
        try (Statement statement = keptOpen.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shelf")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void aResultInAPropertyIsXmlForExpressions() {
        assertThat(http.get("/property?q=D%25").body()).isEqualTo("1.0|Dune & co");
        assertThat(http.get("/property?q=none").body()).isEqualTo("0.0|");
    }

    @Test
    void aResultInTheBodyIsTheAnswer() {
        HttpResponse<String> response = http.get("/body");

        assertThat(response.body()).isEqualTo("{\"Shelf\":{\"Row\":{\"id\":1,\"title\":1984}}}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
    }

    @Test
    void aRequestBoxTakesEffectAsAWholeOrNotAtAll() throws SQLException {
        HttpResponse<String> failed = http.postJson("/box", "{\"title\":\"bad\"}");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body())
                .isEqualTo("0|DataService exception occurred while accessing the dataservice to do the operation");
        assertThat(rows()).isEqualTo(2);
        assertThat(http.postJson("/cause", "{\"title\":\"bad\"}").body()).isEqualTo("|true");

        assertThat(http.postJson("/box", "{\"title\":\"fine\"}").body()).isEqualTo("done|");
        assertThat(rows()).isEqualTo(4);
    }
}
