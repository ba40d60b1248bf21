package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.mail.MailOutbox;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;

class RegistrationWorkflowListenerTest {

    private final PendingRequests pending = mock(PendingRequests.class);
    private final WorkflowRelations relations = mock(WorkflowRelations.class);
    private final MailOutbox mails = mock(MailOutbox.class);
    private final RegistrationWorkflowListener listener = new RegistrationWorkflowListener(
            mock(RegistrationSettings.class),
            pending,
            relations,
            mock(Users.class),
            mock(Roles.class),
            mock(Reservations.class),
            mails,
            Clock.systemUTC());

    /** The server's callback service catches checked exceptions and only logs them: the second administrator would be told "done". */
    @Test
    void theSecondDecisionEndsWithAnErrorThatReachesItsAdministrator() throws Exception {
        when(pending.byRelationship("relation")).thenReturn(new WorkflowRequest());
        when(relations.claim("relation", "REJECTED")).thenReturn(false);

        assertThatThrownBy(() -> listener.doPreHandleCallback("relation", "REJECTED", Map.of()))
                .isInstanceOf(RuntimeException.class);
        verifyNoInteractions(mails);
    }
}
