package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MigrationTest {

    private static final String[] ROWS_OF_THE_FIRST_SHOP = {
        "INSERT INTO books VALUES (1, 'L''Étranger', 12.50, 3), (2, '1984', 9.90, 0)",
        "INSERT INTO orders VALUES (7, 'Ann@Books.com', '2020-02-29 23:59:59', 'completed', 31.20),"
                + " (8, 'bob@books.com', '2021-01-01 00:00:00', 'pending', 9.90)",
        "INSERT INTO order_items VALUES (1, 7, 2, 2), (2, 7, 1, 1), (3, 8, 2, 1)",
        "INSERT INTO payments VALUES (5, 7, 31.20, 'completed'), (6, 8, 9.90, 'pending')"
    };

    @Test
    void bringsAnEmptyDatabaseUpToDateOnce() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThat(BookstoreSchema.migrate(database.dataSource())).isPositive();
            assertThat(BookstoreSchema.migrate(database.dataSource())).isZero();
        }
    }

    /** The other tests use copies of one migrated schema. */
    @Test
    void aCopyHasWhatTheMigrationsMake() {
        try (TestDatabase migrated = TestDatabase.empty();
                TestDatabase copy = TestDatabase.migrated()) {
            BookstoreSchema.migrate(migrated.dataSource());

            for (String objects : List.of(
                    "SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION FROM information_schema.TABLES WHERE TABLE_SCHEMA",
                    "SELECT TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, COLUMN_DEFAULT, IS_NULLABLE, EXTRA"
                            + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA",
                    "SELECT TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, NON_UNIQUE, SUB_PART FROM information_schema.STATISTICS"
                            + " WHERE TABLE_SCHEMA",
                    "SELECT CONSTRAINT_NAME, TABLE_NAME, CONSTRAINT_TYPE FROM information_schema.TABLE_CONSTRAINTS"
                            + " WHERE TABLE_SCHEMA",
                    "SELECT TABLE_NAME, REPLACE(VIEW_DEFINITION, DATABASE(), '') definition, SECURITY_TYPE, COLLATION_CONNECTION"
                            + " FROM information_schema.VIEWS WHERE TABLE_SCHEMA",
                    "SELECT ROUTINE_NAME, ROUTINE_DEFINITION, SQL_MODE, SECURITY_TYPE, SQL_DATA_ACCESS, COLLATION_CONNECTION,"
                            + " DATABASE_COLLATION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA",
                    "SELECT SPECIFIC_NAME, ORDINAL_POSITION, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER, COLLATION_NAME"
                            + " FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA")) {
                String query = objects + " = DATABASE() ORDER BY 1, 2, 3";
                assertThat(copy.rows(query)).isNotEmpty().isEqualTo(migrated.rows(query));
            }
            for (Map<String, Object> row : copy.rows(
                    "SELECT TABLE_NAME FROM information_schema.TABLES"
                            + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME <> 'flyway_schema_history' AND TABLE_SCHEMA = DATABASE()")) {
                String all = "SELECT * FROM " + row.get("TABLE_NAME");
                assertThat(copy.rows(all)).as(all).isEqualTo(migrated.rows(all));
            }
        }
    }

    @Test
    void startsFromExactlyTheTablesOfTheFirstShop() {
        try (TestDatabase database = TestDatabase.empty()) {
            migrateToTheBaseline(database);

            assertThat(columns(database, "books"))
                    .containsExactly("book_id int", "title varchar(255)", "price decimal(10,2)", "stock_quantity int");
            assertThat(columns(database, "orders"))
                    .containsExactly(
                            "order_id int",
                            "user_email varchar(255)",
                            "order_date timestamp",
                            "payment_status enum('pending','completed')",
                            "total_amount decimal(10,2)");
            assertThat(columns(database, "order_items"))
                    .containsExactly("order_item_id int", "order_id int", "book_id int", "quantity int");
            assertThat(columns(database, "payments"))
                    .containsExactly(
                            "payment_id int",
                            "order_id int",
                            "payment_amount decimal(10,2)",
                            "payment_status enum('pending','completed')");
        }
    }

    @Test
    void keepsTheRowsOfTheFirstShop() {
        try (TestDatabase database = TestDatabase.empty()) {
            migrateToTheBaseline(database);
            database.execute(ROWS_OF_THE_FIRST_SHOP);

            BookstoreSchema.migrate(database.dataSource());

            assertRowsOfTheFirstShopAreKept(database);
        }
    }

    /** Orders without a history count for the totals, those with one also for their days. */
    @Test
    void countsTheOrdersThatWereThereBeforeTheFigures() {
        try (TestDatabase database = TestDatabase.empty()) {
            migrateToTheBaseline(database);
            database.execute(ROWS_OF_THE_FIRST_SHOP);
            migrateTo(database, "15");
            database.execute(
                    "INSERT INTO order_history (order_id, event, actor, occurred_at)"
                            + " VALUES (7, 'completed', 'staff', '2026-03-10 23:59:59.999')",
                    "UPDATE order_items SET unit_price = 9.90, discount = 0, line_total = 9.90 * quantity");

            BookstoreSchema.migrate(database.dataSource());

            assertThat(database.count("SELECT value FROM metrics_business WHERE labels = 'status=\"completed\"'"))
                    .isEqualTo(1);
            assertThat(database.count("SELECT value FROM metrics_business WHERE labels = 'status=\"pending\"'"))
                    .isEqualTo(1);
            JsonNode day = Shop.json((String) database.value("CALL get_summary('2026-03-10', 0)"));
            assertThat(day.get("revenue").decimalValue()).isEqualByComparingTo("31.20");
            assertThat(day.get("bestSellers").get(0).get("bookId").intValue()).isEqualTo(2);
        }
    }

    /** Tables that somebody made by hand: no migration history, another character set, other names of constraints. */
    @Test
    void takesOverAShopThatNeverSawAMigration() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute(
                    "CREATE TABLE books (book_id INT PRIMARY KEY AUTO_INCREMENT, title VARCHAR(255) NOT NULL,"
                            + " price DECIMAL(10,2) NOT NULL, stock_quantity INT NOT NULL)",
                    "CREATE TABLE orders (order_id INT PRIMARY KEY AUTO_INCREMENT, user_email VARCHAR(255) NOT NULL,"
                            + " order_date TIMESTAMP DEFAULT CURRENT_TIMESTAMP,"
                            + " payment_status ENUM('pending','completed') NOT NULL, total_amount DECIMAL(10,2) NOT NULL)",
                    "CREATE TABLE order_items (order_item_id INT PRIMARY KEY AUTO_INCREMENT, order_id INT NOT NULL,"
                            + " book_id INT NOT NULL, quantity INT NOT NULL,"
                            + " CONSTRAINT a FOREIGN KEY (order_id) REFERENCES orders(order_id),"
                            + " CONSTRAINT b FOREIGN KEY (book_id) REFERENCES books(book_id))",
                    "CREATE TABLE payments (payment_id INT PRIMARY KEY AUTO_INCREMENT, order_id INT NOT NULL,"
                            + " payment_amount DECIMAL(10,2) NOT NULL, payment_status ENUM('pending','completed') NOT NULL,"
                            + " CONSTRAINT c FOREIGN KEY (order_id) REFERENCES orders(order_id))");
            database.execute(ROWS_OF_THE_FIRST_SHOP);

            BookstoreSchema.migrate(database.dataSource());

            assertRowsOfTheFirstShopAreKept(database);
            Shop shop = new Shop(database);
            assertThat(shop.createBook("红楼梦", "曹雪芹", "", new BigDecimal("28.00"), 1)
                            .document()
                            .get("title")
                            .textValue())
                    .isEqualTo("红楼梦");
        }
    }

    @Test
    void refusesADatabaseThatHoldsSomethingElse() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.execute("CREATE TABLE recipes (id INT PRIMARY KEY)");

            assertThatThrownBy(() -> BookstoreSchema.migrate(database.dataSource()))
                    .isInstanceOf(FlywayException.class);
            assertThat(database.count("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"))
                    .isEqualTo(1);
        }
    }

    /** What a newer version leaves: a migration and a procedure that this one does not know, and another text of one that it does. */
    @Test
    void anOlderVersionPutsItsProceduresBackAndLeavesTheRest() {
        try (TestDatabase database = TestDatabase.migrated()) {
            database.execute(
                    "DROP PROCEDURE return_books",
                    "INSERT INTO books (title, price, stock_quantity) VALUES ('By a procedure that keeps no count', 1, 0)",
                    "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE script = 'R__return_books.sql'",
                    "INSERT INTO flyway_schema_history SELECT MAX(installed_rank) + 1, '999', 'newer', 'SQL', 'V999__newer.sql', 1, 'x', NOW(), 1, 1"
                            + " FROM flyway_schema_history",
                    "INSERT INTO flyway_schema_history SELECT MAX(installed_rank) + 1, NULL, 'newer', 'SQL', 'R__newer.sql', 1, 'x', NOW(), 1, 1"
                            + " FROM flyway_schema_history");
            assertThat(BookstoreSchema.pendingMigrations(database.dataSource())).isEqualTo(1);

            assertThat(BookstoreSchema.migrate(database.dataSource())).isEqualTo(1);

            assertThat(
                            database.count(
                                    "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_NAME = 'return_books'"))
                    .isEqualTo(1);
            assertThat(database.count("SELECT books_on_sale FROM book_totals")).isEqualTo(1);
            assertThat(database.count("SELECT books_out_of_stock FROM book_totals"))
                    .isEqualTo(1);
            assertThat(BookstoreSchema.pendingMigrations(database.dataSource())).isZero();
        }
    }

    @Test
    void ordersOfAProcedureThatAddedNoTextsAreFoundAfterItsReplacement() {
        try (TestDatabase database = TestDatabase.migrated()) {
            replacePlaceOrder(database, "own@books.com", "SELECT 'add_order_text('");
            assertThat(database.count("SELECT COUNT(*) FROM order_texts")).isZero();

            replacePlaceOrder(database, "late@books.com", "SELECT 1");
            assertThat(database.rows("SELECT text FROM order_texts"))
                    .singleElement()
                    .satisfies(text -> assertThat(text).containsEntry("text", "late@books.com"));
            assertThat(database.count("SELECT COUNT(*) FROM order_text_ends")).isEqualTo("late@books.com".length());
        }
    }

    /** @param body of the procedure that placed an order of this address and is replaced by the migration */
    private static void replacePlaceOrder(TestDatabase database, String userEmail, String body) {
        database.execute(
                "DROP PROCEDURE place_order",
                "CREATE PROCEDURE place_order() " + body,
                "INSERT INTO orders (user_email, payment_status, total_amount) VALUES ('" + userEmail
                        + "', 'pending', 1)",
                "DELETE FROM flyway_schema_history WHERE script = 'R__place_order.sql'");
        assertThat(BookstoreSchema.migrate(database.dataSource())).isEqualTo(1);
    }

    @Test
    void aShopThatHasALaterVersionGetsTheEarlierOnesThatWereAddedAfterIt(@TempDir Path older) throws IOException {
        // V35 was there before V19 to V21.
        copyMigrations(older, version -> version <= 18 || version == 35);
        try (TestDatabase database = TestDatabase.empty()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("filesystem:" + older)
                    .load()
                    .migrate();

            BookstoreSchema.migrate(database.dataSource());

            assertThat(BookstoreSchema.pendingMigrations(database.dataSource())).isZero();
            assertThat(columns(database, "orders")).anyMatch(column -> column.startsWith("delivery_address "));
            database.execute("DELETE FROM flyway_schema_history WHERE version = '19'");
            assertThat(BookstoreSchema.pendingMigrations(database.dataSource())).isEqualTo(1);
        }
    }

    private static void copyMigrations(Path folder, IntPredicate versions) throws IOException {
        Pattern versioned = Pattern.compile("V(\\d+)__.*\\.sql");
        Path all = Path.of("..", "..", "db", "src", "main", "resources", "db", "migration");
        try (Stream<Path> files = Files.list(all)) {
            for (Path file : files.toList()) {
                Matcher name = versioned.matcher(file.getFileName().toString());
                if (name.matches() && versions.test(Integer.parseInt(name.group(1)))) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()));
                }
            }
        }
    }

    private static void assertRowsOfTheFirstShopAreKept(TestDatabase database) {
        Shop shop = new Shop(database);
        assertThat(database.count("SELECT books_on_sale FROM book_totals")).isEqualTo(2);
        assertThat(
                        database.rows(
                                "SELECT book_id, title, price, stock_quantity, version, deleted_at FROM books ORDER BY book_id"))
                .extracting(row -> row.values().toString())
                .containsExactly("[1, L'Étranger, 12.50, 3, 1, null]", "[2, 1984, 9.90, 0, 1, null]");
        assertThat(database.rows(
                        "SELECT payment_id, order_id, payment_amount, payment_status FROM payments ORDER BY 1"))
                .extracting(row -> row.values().toString())
                .containsExactly("[5, 7, 31.20, completed]", "[6, 8, 9.90, pending]");
        // What a line was sold at was not recorded then: unknown is null, not today's price.
        assertThat(shop.orderDocument(7)).isEqualTo(Shop.json("""
                {"orderId": 7, "status": "completed", "userEmail": "ann@books.com", "orderDate": "2020-02-29T23:59:59Z",
                 "currency": "USD", "items": [
                   {"bookId": 1, "title": "L'Étranger", "quantity": 1, "unitPrice": null, "discount": null, "lineTotal": null},
                   {"bookId": 2, "title": "1984", "quantity": 2, "unitPrice": null, "discount": null, "lineTotal": null}],
                 "subtotal": 31.20, "discountTotal": 0.00, "taxTotal": 0.00, "totalAmount": 31.20, "promoCode": null, "deliveryAddress": null}"""));

        assertThat(shop.orders(new Account("ann", "ann@books.com"))).containsExactly(7);
        assertThat(shop.orders(new Account("ann", "bob@books.com"))).containsExactly(8);
        assertThat(shop.cancel(8, "bob@books.com").outcome()).isEqualTo("cancelled");
        assertThat(shop.stock(2)).isEqualTo(1);
        assertThat(shop.place(new Line(1, 1, new BigDecimal("12.50"), new BigDecimal("0.00")))
                        .outcome())
                .isEqualTo("placed");
    }

    /** Views and procedures belong to the newest tables: under another prefix, this migration does not see them. */
    private static void migrateToTheBaseline(TestDatabase database) {
        migrateTo(database, "1");
    }

    private static void migrateTo(TestDatabase database, String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .target(MigrationVersion.fromVersion(version))
                .repeatableSqlMigrationPrefix("none")
                .load()
                .migrate();
    }

    /** Without the display width that MariaDB adds to INT. */
    private static List<String> columns(TestDatabase database, String table) {
        return database.rows("""
                        SELECT CONCAT(COLUMN_NAME, ' ', REPLACE(COLUMN_TYPE, 'int(11)', 'int')) AS description
                        FROM information_schema.COLUMNS
                        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""", table).stream()
                .map(row -> (String) row.get("description"))
                .toList();
    }
}
