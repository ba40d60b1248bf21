package com.books.bookstore.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The bookstore's database: its schema, its sample data, and large made-up catalogs for measurements.
 * Works on MySQL 8.0 and on MariaDB 10.11 and 11.4. Holds no state: safe for use by several threads, and several
 * processes may migrate or load the same database at once (they wait for each other).
 */
public final class BookstoreSchema {

    /** The version at which a database that already has the four tables of the first shop is taken over. */
    private static final String BASELINE_VERSION = "1";

    private static final int BASELINE_TABLES = 4;

    private BookstoreSchema() {}

    /**
     * Brings the database that {@code dataSource} is connected to up to date: an empty one gets everything, one with the
     * baseline's four tables keeps its rows and gets what came later, an up-to-date one stays as it is.
     *
     * @param dataSource connections to an existing, selected schema, as a user who may create tables, views and procedures
     * @return how many migrations ran
     * @throws FlywayException if the database cannot be reached, holds something else, or a migration fails
     */
    public static int migrate(DataSource dataSource) {
        return flyway(dataSource).migrate().migrationsExecuted;
    }

    /**
     * Whether the database is ready for this version of the shop. Nothing is changed.
     *
     * @param dataSource connections to an existing, selected schema, as a user who may read its tables
     * @return how many migrations have not run yet: 0 for a database that is up to date, or ahead after a roll-back of the shop
     * @throws FlywayException if the database cannot be reached
     */
    public static int pendingMigrations(DataSource dataSource) {
        return flyway(dataSource).info().pending().length;
    }

    /** Versions are reserved per subject, so a shop may have a higher one before a lower one exists. Flyway warns where it allows that. */
    private static Flyway flyway(DataSource dataSource) {
        Flyway inOrder = configuration(dataSource).load();
        boolean late = Arrays.stream(inOrder.info().all())
                .anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
        return late ? configuration(dataSource).outOfOrder(true).load() : inOrder;
    }

    private static FluentConfiguration configuration(DataSource dataSource) {
        return Flyway.configure(BookstoreSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .baselineOnMigrate(holdsTheFirstShop(dataSource))
                .baselineVersion(BASELINE_VERSION)
                .baselineDescription("tables of the first shop")
                .validateMigrationNaming(true)
                // After a roll-back of the shop: what a newer version added stays, and this version's views and
                // procedures come back.
                .ignoreMigrationPatterns("*:future", "repeatable:missing");
    }

    /**
     * Loads the sample books and promotions, once in the life of a database: books that were renamed, sold or deleted
     * since then are left alone by later calls.
     *
     * @param dataSource connections to a migrated database
     * @return how many books were added: 0 if the sample data had been loaded before
     * @throws SQLException if the database refuses; nothing is loaded then
     */
    public static int loadSampleData(DataSource dataSource) throws SQLException {
        return SampleData.load(dataSource);
    }

    /**
     * Adds generated books, for measurements on a large catalog. The same count and seed give the same books.
     *
     * @param dataSource connections to a migrated database
     * @param count      how many books to add; at least 0
     * @param seed       where the pseudo-random sequence begins
     * @throws SQLException if the database refuses; the books of completed batches stay
     */
    public static void generateCatalog(DataSource dataSource, int count, long seed) throws SQLException {
        new CatalogGenerator(seed).addBooks(dataSource, count);
    }

    /** Only such tables are taken over; anything else in the schema belongs to somebody else, and Flyway refuses it. */
    private static boolean holdsTheFirstShop(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT COUNT(*) FROM information_schema.TABLES"
                        + " WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND TABLE_NAME IN ('books', 'orders', 'order_items', 'payments')")) {
            tables.next();
            return tables.getInt(1) == BASELINE_TABLES;
        } catch (SQLException e) {
            throw new FlywayException("The tables of the database cannot be read", e);
        }
    }
}
