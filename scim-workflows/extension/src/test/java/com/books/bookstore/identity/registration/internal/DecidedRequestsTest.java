package com.books.bookstore.identity.registration.internal;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;

class DecidedRequestsTest {

    private final WorkflowManagementService server = mock(WorkflowManagementService.class);

    @Test
    void requestsAreErasedSomeTimeAfterTheDecisionAndWaitingOnesNever() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE WF_REQUEST (UUID VARCHAR(45), OPERATION_TYPE VARCHAR(50),"
                    + " UPDATED_AT TIMESTAMP, STATUS VARCHAR(30))");
            statement.execute("INSERT INTO WF_REQUEST VALUES"
                    + " ('rejected', 'SELF_REGISTER_USER', '2026-03-01 00:00:00', 'REJECTED'),"
                    + " ('failed', 'SELF_REGISTER_USER', '2026-03-02 00:00:00', 'FAILED'),"
                    + " ('recent', 'SELF_REGISTER_USER', '2026-04-20 00:00:00', 'REJECTED'),"
                    + " ('waiting', 'SELF_REGISTER_USER', '2026-01-01 00:00:00', 'PENDING'),"
                    + " ('of others', 'ADD_USER', '2026-01-01 00:00:00', 'APPROVED')");
        }
        try (DecidedRequests requests = new DecidedRequests(
                database,
                server,
                Duration.ofDays(30),
                Clock.fixed(Instant.parse("2026-05-01T00:00:00Z"), ZoneOffset.UTC))) {
            requests.eraseOld();
        }

        verify(server).permanentlyDeleteWorkflowRequestByAnyUser("rejected");
        verify(server).permanentlyDeleteWorkflowRequestByAnyUser("failed");
        verifyNoMoreInteractions(server);
    }
}
