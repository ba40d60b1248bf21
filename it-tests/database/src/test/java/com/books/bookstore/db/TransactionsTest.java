package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection that is lost in the middle, which no real database does when it is asked to. */
@Tag("slow")
class TransactionsTest {

    private final Connection connection = mock(Connection.class);
    private final DataSource dataSource = mock(DataSource.class);

    @BeforeEach
    void connect() throws SQLException {
        when(dataSource.getConnection()).thenReturn(connection);
    }

    @Test
    void commitsAndGivesTheConnectionBack() throws SQLException {
        assertThat(Transactions.<String>inTransaction(dataSource, given -> "done"))
                .isEqualTo("done");

        var order = inOrder(connection);
        order.verify(connection).setAutoCommit(false);
        order.verify(connection).commit();
        order.verify(connection).setAutoCommit(true);
        order.verify(connection).close();
        verify(connection, never()).rollback();
    }

    @Test
    void theFirstFailureIsToldAlsoWhenTheRollbackFails() throws SQLException {
        SQLException lost = new SQLException("The connection was lost");
        SQLException closed = new SQLException("No operations allowed after connection closed");
        doThrow(closed).when(connection).rollback();

        assertThatThrownBy(() -> Transactions.inTransaction(dataSource, given -> {
                    throw lost;
                }))
                .isSameAs(lost)
                .hasSuppressedException(closed);

        verify(connection).close();
        verify(connection, never()).commit();
    }
}
