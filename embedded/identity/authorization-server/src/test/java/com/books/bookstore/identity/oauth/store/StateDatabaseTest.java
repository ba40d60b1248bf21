package com.books.bookstore.identity.oauth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class StateDatabaseTest {

    private static final int IDLE = 5;

    @Test
    @DisplayName(
            "A database that H2 has closed, as it does when the disk is full, is opened again with all that was committed")
    void closedByTheEngine(@TempDir Path directory) throws Exception {
        try (StateDatabase database = StateDatabase.open(directory)) {
            List<Connection> idle = new ArrayList<>();
            for (int i = 0; i < IDLE; i++) {
                idle.add(database.dataSource().getConnection());
            }
            for (Connection connection : idle) {
                connection.close();
            }
            database.jdbc().update("INSERT INTO spent_credential VALUES ('one', 'a')");

            database.jdbc().execute("SHUTDOWN IMMEDIATELY");

            assertThat(firstSuccess(database)).isLessThanOrEqualTo(IDLE);
            assertThat(database.jdbc().queryForList("SELECT authorization_id FROM spent_credential", String.class))
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    /** @return the number of attempts that fail: at most one for each connection that was open */
    private static int firstSuccess(StateDatabase database) {
        for (int failed = 0; ; failed++) {
            try {
                database.jdbc().update("INSERT INTO spent_credential VALUES ('two', 'b')");
                return failed;
            } catch (DataAccessException closed) {
                assertThat(failed).isLessThan(IDLE);
            }
        }
    }
}
