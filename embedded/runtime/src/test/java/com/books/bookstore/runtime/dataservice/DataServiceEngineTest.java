package com.books.bookstore.runtime.dataservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("A data service on the real engine")
class DataServiceEngineTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    private static final String URL = "jdbc:h2:mem:shelf;MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

    private static final PooledDataSources POOLS = new PooledDataSources();
    private static final List<ConnectionSettings> ASKED = Collections.synchronizedList(new ArrayList<>());
    private static HikariDataSource pool;
    private static DataServiceEngine engine;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void deploy() throws Exception {
        System.setProperty("SHELF_URL", URL);
        System.setProperty("SHELF_USER", "librarian");
        System.setProperty("SHELF_PASSWORD", "between the lines");
        execute("""
                CREATE TABLE book (book_id INT PRIMARY KEY, title VARCHAR(255), price DECIMAL(10,2), stock BIGINT,
                    published DATE, note VARCHAR(255));
                CREATE TABLE loan (loan_id INT AUTO_INCREMENT PRIMARY KEY, book_id INT NOT NULL REFERENCES book,
                    reader VARCHAR(255) NOT NULL);
                CREATE TABLE fee (loan_id INT NOT NULL REFERENCES loan, amount DECIMAL(10,2) NOT NULL CHECK (amount > 0));
                """);
        engine = new DataServiceEngine(ENGINE_CACHE, settings -> {
            ASKED.add(settings);
            pool = (HikariDataSource) POOLS.apply(settings);
            return pool;
        });
        assertThat(engine.deploy(resource("Shelf.dbs"), "Shelf.dbs")).isEqualTo("Shelf");
    }

    @AfterAll
    static void close() {
        engine.close();
        POOLS.close();
        List.of("SHELF_URL", "SHELF_USER", "SHELF_PASSWORD").forEach(System::clearProperty);
    }

    @BeforeEach
    void fill() throws SQLException {
        execute("""
                DELETE FROM fee; DELETE FROM loan; DELETE FROM book;
                INSERT INTO book VALUES (1, 'Dune', 9.90, 12345678901, DATE '1965-08-01', 'first'),
                    (2, 'Emma', 0.05, 0, NULL, NULL), (3, 'A <b>bold</b> & "quoted" – 日本語 😀', 100.00, -1, NULL, '');
                """);
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void nothingIsLoggedAndNoConnectionIsHeld() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    @DisplayName("resolves its connection from system properties")
    void connection() {
        assertThat(ASKED).singleElement().satisfies(settings -> {
            assertThat(settings.driver()).isEqualTo("org.h2.Driver");
            assertThat(settings.url()).isEqualTo(URL);
            assertThat(settings.user()).isEqualTo("librarian");
            assertThat(settings.password()).isEqualTo("between the lines");
            assertThat(settings.maxActive()).hasValue(2);
        });
    }

    @Test
    @DisplayName("answers one row with numbers and texts as the database writes them, and dates with a time zone")
    void oneRow() throws Exception {
        List<Map<String, String>> rows = ResultRows.of(call("getBook", "bookId", "1"));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
                .contains(
                        entry("bookId", "1"),
                        entry("title", "Dune"),
                        entry("price", "9.90"),
                        entry("stock", "12345678901"),
                        entry("note", "first"));
        assertThat(rows.get(0).get("published")).startsWith("1965-08-01");
    }

    @Test
    @DisplayName("tells NULL from an empty text")
    void nullValues() throws Exception {
        assertThat(ResultRows.of(call("getBook", "bookId", "2")))
                .containsExactly(row(
                        "bookId",
                        "2",
                        "title",
                        "Emma",
                        "price",
                        "0.05",
                        "stock",
                        "0",
                        "published",
                        null,
                        "note",
                        null));
        assertThat(ResultRows.of(call("getBook", "bookId", "3")).get(0)).containsEntry("note", "");
    }

    @Test
    @DisplayName("keeps markup and characters of any plane")
    void markupAndUnicode() throws Exception {
        assertThat(ResultRows.of(call("getBook", "bookId", "3")).get(0))
                .containsEntry("title", "A <b>bold</b> & \"quoted\" – 日本語 😀");
    }

    @Test
    @DisplayName("answers no rows with an empty result")
    void noRow() throws Exception {
        XMLStreamReader result = call("getBook", "bookId", "4");
        result.nextTag();
        assertThat(result.getLocalName()).isEqualTo("Books");
        assertThat(result.getNamespaceURI()).isEqualTo("http://ws.wso2.org/dataservice");
        assertThat(result.nextTag()).isEqualTo(XMLStreamReader.END_ELEMENT);
    }

    @Test
    @DisplayName("answers many rows in order, with columns as attributes where the definition says so")
    void manyRows() throws Exception {
        assertThat(ResultRows.of(call("findBooks", "pattern", "%m%")))
                .containsExactly(row("@id", "2", "title", "Emma"));
        assertThat(ResultRows.of(call("findBooks", "pattern", "%")))
                .extracting(book -> book.get("@id"))
                .containsExactly("1", "2", "3");
    }

    @Test
    @DisplayName("takes a JSON mapping for the result")
    void jsonMapping() throws Exception {
        assertThat(ResultRows.text(call("getBookAsJson", "bookId", "1")))
                .isEqualTo("<books><book><id>1</id><title>Dune</title></book></books>");
    }

    @Test
    @DisplayName("runs nested queries")
    void nestedQueries() throws Exception {
        call("lend", "bookId", "2", "reader", "Ann");
        call("lend", "bookId", "2", "reader", "Bob");
        assertThat(ResultRows.text(call("listBooksWithLoans")))
                .isEqualTo("<Books>"
                        + "<Book><title>Dune</title><Loans></Loans></Book>"
                        + "<Book><title>Emma</title><Loans><Loan><reader>Ann</reader></Loan>"
                        + "<Loan><reader>Bob</reader></Loan></Loans></Book></Books>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "'; DROP TABLE book; --",
                "%' UNION SELECT 1, reader FROM loan --",
                "\\' OR 1=1 --",
                "?",
                ":bookId"
            })
    @DisplayName("takes a parameter as a value, whatever it looks like")
    void injection(String pattern) throws Exception {
        assertThat(ResultRows.of(call("findBooks", "pattern", pattern))).isEmpty();
        assertThat(ResultRows.of(call("findBooks", "pattern", "%"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two  spaces  ",
                "a\nb\tc\r\nd",
                "<&>\"'",
                "]]>",
                "日本語 é ß 😀",
                "#{USERNAME}",
                "$SYSTEM:SHELF_PASSWORD",
                "{\"json\": [1, null, \"x\"]}"
            })
    @DisplayName("hands a text to the database and back unchanged")
    void roundTrip(String text) throws Exception {
        assertThat(ResultRows.of(call("echo", "text", text))).containsExactly(row("text", text, "other", "nothing"));
    }

    @Test
    @DisplayName("passes a null parameter as NULL")
    void nullParameter() throws Exception {
        assertThat(ResultRows.of(call("echo", "text", null, "other", "x")))
                .containsExactly(row("text", null, "other", "x"));
    }

    @Test
    @DisplayName("returns generated keys and the number of updated rows")
    void generatedKeysAndRowCount() throws Exception {
        String loanId = ResultRows.of(call("lend", "bookId", "1", "reader", "Ann"))
                .get(0)
                .get("loanId");
        assertThat(query("SELECT reader FROM loan WHERE loan_id = " + loanId)).containsExactly("Ann");
        assertThat(ResultRows.text(call("changeStock", "bookId", "1", "change", "-1")))
                .isEqualTo("<UpdatedRowCount><Value>1</Value></UpdatedRowCount>");
        assertThat(ResultRows.text(call("changeStock", "bookId", "4", "change", "-1")))
                .isEqualTo("<UpdatedRowCount><Value>0</Value></UpdatedRowCount>");
    }

    @Test
    @DisplayName("answers nothing, or the request's status, where a query has no result")
    void noResult() throws Exception {
        String loanId = ResultRows.of(call("lend", "bookId", "1", "reader", "Ann"))
                .get(0)
                .get("loanId");
        assertThat(ResultRows.text(call("chargeKnownLoan", "loanId", loanId, "amount", "1.50")))
                .isEqualTo("<REQUEST_STATUS>SUCCESSFUL</REQUEST_STATUS>");
        assertThat(query("SELECT amount FROM fee")).containsExactly("1.50");
    }

    @Test
    @DisplayName("refuses a service or an operation that does not exist")
    void unknownNames() {
        assertThat(engine.isDeployed("Shelf")).isTrue();
        assertThat(engine.isDeployed("Attic")).isFalse();
        assertThatThrownBy(() -> ResultRows.written(result -> engine.call("Attic", "getBook", Map.of(), result)))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessage("There is no data service 'Attic'");
        assertThatThrownBy(() -> call("burnBook"))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessage("Data service 'Shelf' has no operation 'burnBook'");
    }

    @Test
    @DisplayName("refuses a call that lacks a parameter, or has one of the wrong type or range")
    void wrongParameters() {
        assertThatThrownBy(() -> call("getBook"))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessage("Data service 'Shelf', operation 'getBook': INCOMPATIBLE_PARAMETERS_ERROR");
        assertThatThrownBy(() -> call("getBook", "bookId", "secret"))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessage("Data service 'Shelf', operation 'getBook': INCOMPATIBLE_PARAMETERS_ERROR");
        assertThatThrownBy(() -> call("changeStock", "bookId", "0", "change", "1"))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessage("Data service 'Shelf', operation 'changeStock': VALIDATION_ERROR");
    }

    @Test
    @DisplayName("keeps the driver's exception of a failed statement, but no SQL and no parameter in the message")
    void databaseError() {
        DataServiceCallException failure =
                catchThrowableOfType(DataServiceCallException.class, () -> call("fail", "a", "private value"));
        assertThat(failure)
                .hasMessageContaining("SQLState 42S02")
                .hasMessageNotContainingAny("SELECT", "missing_table", "private value");
        assertThat(failure).hasCauseInstanceOf(SQLSyntaxErrorException.class);
    }

    @Test
    @DisplayName("frees the connection when the result turns out wrong while it is read")
    void errorWhileReading() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> call("failWhileReading")).isInstanceOf(DataServiceCallException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"getBook", "streamBook"})
    @DisplayName("never keeps a connection for an unread result")
    void unreadResults(String operation) {
        for (int i = 0; i < 100; i++) {
            assertThat(call(operation, "bookId", "1")).isNotNull();
        }
    }

    @Test
    @DisplayName("never keeps a connection after a failure")
    void failedCalls() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> call("fail", "a", "x")).isInstanceOf(DataServiceCallException.class);
            assertThatThrownBy(() -> call("getBook", "bookId", "x")).isInstanceOf(DataServiceCallException.class);
        }
    }

    @Test
    @DisplayName("answers each of many threads with its own rows")
    void concurrency() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = Collections.nCopies(64, () -> {
                for (int i = 0; i < 50; i++) {
                    String text = Thread.currentThread().getName() + i;
                    assertThat(ResultRows.of(call("echo", "text", text)).get(0)).containsEntry("text", text);
                }
                return null;
            });
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @DisplayName("commits all operations of a request box, passing exported values on")
    void requestBoxCommits() throws Exception {
        XMLStreamReader result = callBox(
                new OperationCall("lend", Map.of("bookId", "1", "reader", "Ann")),
                new OperationCall("charge", Map.of("amount", "2.50")),
                new OperationCall("changeStock", Map.of("bookId", "1", "change", "-1")));
        assertThat(ResultRows.text(result))
                .isEqualTo("<DATA_SERVICE_REQUEST_BOX_RESPONSE>"
                        + "<UpdatedRowCount><Value>1</Value></UpdatedRowCount></DATA_SERVICE_REQUEST_BOX_RESPONSE>");
        assertThat(query("SELECT reader || amount FROM loan JOIN fee ON fee.loan_id = loan.loan_id"))
                .containsExactly("Ann2.50");
        assertThat(query("SELECT stock FROM book WHERE book_id = 1")).containsExactly("12345678900");
    }

    @Test
    @DisplayName("rolls all operations of a request box back when one fails, and the next call starts afresh")
    void requestBoxRollsBack() throws Exception {
        for (int i = 0; i < 10; i++) {
            DataServiceCallException failure = catchThrowableOfType(
                    DataServiceCallException.class,
                    () -> callBox(
                            new OperationCall("changeStock", Map.of("bookId", "1", "change", "-1")),
                            new OperationCall("lend", Map.of("bookId", "1", "reader", "Ann")),
                            new OperationCall("charge", Map.of("amount", "-2.50"))));
            assertThat(failure).hasMessageContaining("SQLState 23513").hasCauseInstanceOf(SQLException.class);
        }
        assertThat(query("SELECT reader FROM loan")).isEmpty();
        assertThat(query("SELECT stock FROM book WHERE book_id = 1")).containsExactly("12345678901");

        call("lend", "bookId", "1", "reader", "Bob");
        assertThat(query("SELECT reader FROM loan")).containsExactly("Bob");
        assertThatThrownBy(() -> callBox(new OperationCall("charge", Map.of("amount", "1"))))
                .as("the exported key of the earlier box is forgotten")
                .isInstanceOf(DataServiceCallException.class);
    }

    @Test
    @DisplayName("checks every operation of a request box before it runs the first")
    void requestBoxWithUnknownOperation() throws Exception {
        assertThatThrownBy(() -> callBox(
                        new OperationCall("lend", Map.of("bookId", "1", "reader", "Ann")),
                        new OperationCall("burn", Map.of())))
                .isInstanceOf(DataServiceCallException.class)
                .hasMessageContaining("no operation 'burn'");
        assertThat(query("SELECT reader FROM loan")).isEmpty();
    }

    @Test
    @DisplayName(
            "shares one pool with other services of the same URL, user and driver properties, and finds named data sources")
    void pools() throws Exception {
        List<ConnectionSettings> asked = new ArrayList<>();
        try (DataServiceEngine other = new DataServiceEngine(ENGINE_CACHE, settings -> {
            asked.add(settings);
            return pool;
        })) {
            other.deploy(resource("Shelf.dbs"), "Shelf.dbs");
            other.deploy(resource("Shelf.dbs").replace("name=\"Shelf\"", "name=\"Shelf2\""), "Shelf2.dbs");
            assertThat(asked).hasSize(1);
            other.deploy(
                    resource("Shelf.dbs")
                            .replace("name=\"Shelf\"", "name=\"Shelf3\"")
                            .replace(
                                    "<property name=\"url\">",
                                    "<property name=\"connectionProperties\">socketTimeout=1000; connectTimeout=500</property><property name=\"url\">"),
                    "Shelf3.dbs");
            assertThat(asked.remove(1).driverProperties())
                    .isEqualTo(Map.of("socketTimeout", "1000", "connectTimeout", "500"));
            other.deploy("""
                    <data name="Named">
                        <config id="c"><property name="carbon_datasource_name">ShelfPool</property></config>
                        <query id="q" useConfig="c">
                            <sql>SELECT COUNT(*) AS n FROM book</sql>
                            <result element="Count" rowName="Row"><element name="n" column="n" xsdType="long"/></result>
                        </query>
                        <operation name="count"><call-query href="q"/></operation>
                    </data>
                    """, "Named.dbs");
            assertThat(asked.get(1).dataSourceName()).isEqualTo("ShelfPool");
            assertThat(ResultRows.of(ResultRows.written(result -> other.call("Named", "count", Map.of(), result))))
                    .containsExactly(row("n", "3"));
        }
    }

    @Test
    @DisplayName("refuses a second service of the same name")
    void deployedTwice() {
        assertThatThrownBy(() -> engine.deploy(resource("Shelf.dbs"), "Other.dbs"))
                .isInstanceOf(DataServiceDeploymentException.class)
                .hasMessage("Other.dbs:2: <data>: a data service named 'Shelf' is deployed already");
    }

    private static XMLStreamReader call(String operation, String... namesAndValues) {
        return ResultRows.written(result -> engine.call("Shelf", operation, row(namesAndValues), result));
    }

    private static XMLStreamReader callBox(OperationCall... calls) {
        return ResultRows.written(result -> engine.callBox("Shelf", List.of(calls), result));
    }

    private static Map<String, String> row(String... namesAndValues) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static void execute(String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL, "librarian", "between the lines");
                Statement statement = connection.createStatement()) {
            for (String sql : Arrays.stream(script.split(";\\s*"))
                    .filter(text -> !text.isBlank())
                    .toList()) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(URL, "librarian", "between the lines");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static String resource(String name) throws IOException {
        try (var input = DataServiceEngineTest.class.getResourceAsStream("/dataservices/" + name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
