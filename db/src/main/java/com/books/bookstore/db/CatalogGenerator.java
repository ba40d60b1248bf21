package com.books.bookstore.db;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Makes up books with plausible titles, authors, prices (3.99 to 79.99) and stock (0 to 500). They have no ISBN: a made-up
 * one might belong to a real book. Not thread-safe: one generator, one sequence.
 */
final class CatalogGenerator {

    /** Rows of one INSERT: large enough to save round trips on any URL, far below the limit of 65,535 parameters. */
    private static final int ROWS_PER_STATEMENT = 1_000;

    private static final int STATEMENTS_PER_TRANSACTION = 10;

    private static final String[] CATEGORIES = {
        "Biographies", "Children", "Comics", "Crime", "Fantasy", "History", "Novels", "Poetry", "Science", "Travel"
    };
    private static final String[] ADJECTIVES = {
        "Silent",
        "Hidden",
        "Last",
        "Forgotten",
        "Golden",
        "Broken",
        "Secret",
        "Distant",
        "Burning",
        "Quiet",
        "Endless",
        "Crimson",
        "Northern",
        "Paper",
        "Glass",
        "Wandering",
        "Stolen",
        "Invisible",
        "Midnight",
        "Ancient"
    };
    private static final String[] NOUNS = {
        "Garden",
        "River",
        "Library",
        "Letter",
        "Winter",
        "House",
        "Orchard",
        "Clockmaker",
        "Island",
        "Harbour",
        "Map",
        "Daughter",
        "Mountain",
        "Lantern",
        "Archive",
        "Sea",
        "Voyage",
        "Theatre",
        "Promise",
        "Kingdom"
    };
    private static final String[] PLACES = {
        "Istanbul", "Lisbon", "Kraków", "Reykjavík", "Kyoto", "Montréal", "Valparaíso", "Trieste", "Zürich", "Dublin",
        "Odessa", "Marrakesh", "Bergen", "Samarkand", "Buenos Aires", "Göteborg", "Colombo", "Tbilisi", "Havana",
                "Perth"
    };
    private static final String[] FIRST_NAMES = {
        "Ana",
        "Björn",
        "Chiara",
        "David",
        "Elif",
        "François",
        "Grace",
        "Hana",
        "Ivan",
        "Jun",
        "Kwame",
        "Léa",
        "Marta",
        "Nadia",
        "Oscar",
        "Priya",
        "Ruth",
        "Søren",
        "Tomás",
        "Yara"
    };
    private static final String[] LAST_NAMES = {
        "Almeida",
        "Berg",
        "Costa",
        "Dvořák",
        "Eriksen",
        "Fernando",
        "García",
        "Haddad",
        "Ivanova",
        "Jensen",
        "Kaya",
        "Lefèvre",
        "Mensah",
        "Novak",
        "O'Brien",
        "Perera",
        "Rossi",
        "Sato",
        "Tanaka",
        "Weiß"
    };

    private final SplittableRandom random;
    private Map<String, Integer> categories = Map.of();

    CatalogGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Adds {@code count} books, in transactions of up to 10,000 books. */
    void addBooks(DataSource dataSource, int count) throws SQLException {
        categories = Transactions.inTransaction(
                dataSource, connection -> Categories.addMissing(connection, Stream.of(CATEGORIES)));
        int rowsPerTransaction = ROWS_PER_STATEMENT * STATEMENTS_PER_TRANSACTION;
        for (int added = 0; added < count; added += rowsPerTransaction) {
            int rows = Math.min(rowsPerTransaction, count - added);
            Transactions.inTransaction(dataSource, connection -> {
                int last = StockMovements.lastBook(connection);
                int whole = rows / ROWS_PER_STATEMENT;
                int rest = rows % ROWS_PER_STATEMENT;
                if (whole > 0) {
                    try (PreparedStatement insert = connection.prepareStatement(insertOf(ROWS_PER_STATEMENT))) {
                        for (int i = 0; i < whole; i++) {
                            insert(insert, ROWS_PER_STATEMENT);
                        }
                    }
                }
                if (rest > 0) {
                    try (PreparedStatement insert = connection.prepareStatement(insertOf(rest))) {
                        insert(insert, rest);
                    }
                }
                StockMovements.addMissing(connection, last);
                SearchWords.index(connection, last);
                return null;
            });
        }
        Transactions.inTransaction(dataSource, connection -> {
            Categories.count(connection);
            return null;
        });
    }

    private static String insertOf(int rows) {
        return "INSERT INTO books (title, author, price, stock_quantity, category_id) VALUES "
                + String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?)"));
    }

    private void insert(PreparedStatement insert, int rows) throws SQLException {
        int parameter = 1;
        for (int row = 0; row < rows; row++) {
            insert.setString(parameter++, title());
            insert.setString(parameter++, pick(FIRST_NAMES) + " " + pick(LAST_NAMES));
            insert.setBigDecimal(parameter++, price());
            insert.setInt(parameter++, random.nextInt(501));
            insert.setInt(parameter++, categories.get(pick(CATEGORIES)));
        }
        insert.executeUpdate();
    }

    private String title() {
        return "The " + pick(ADJECTIVES) + " " + pick(NOUNS) + " of " + pick(PLACES) + ", volume "
                + (1 + random.nextInt(999));
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(399 + 100L * random.nextInt(77), 2);
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }
}
