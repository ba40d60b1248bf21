package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.mail.MailKind;
import com.books.bookstore.identity.registration.mail.MailOutbox;
import com.books.bookstore.identity.registration.mail.OutgoingMail;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.wso2.carbon.identity.workflow.mgt.WorkflowExecutorResult;
import org.wso2.carbon.identity.workflow.mgt.bean.RequestParameter;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.util.ExecutorResultState;

class RegistrationWorkflowListenerTest {

    private final ApprovalWorkflows workflows = mock(ApprovalWorkflows.class);
    private final PendingRequests pending = mock(PendingRequests.class);
    private final WorkflowRelations relations = mock(WorkflowRelations.class);
    private final MailOutbox mails = mock(MailOutbox.class);
    private final RegistrationWorkflowListener listener = new RegistrationWorkflowListener(
            RegistrationSettings.from(settings()),
            workflows,
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

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty(RegistrationSettings.ADMINISTRATOR_MAILS, "ann@books.com");
        return settings;
    }

    private static WorkflowRequest request() {
        WorkflowRequest request = new WorkflowRequest();
        request.setUuid("r1");
        request.setEventType("SELF_REGISTER_USER");
        request.setTenantId(-1234);
        RequestParameter claims = new RequestParameter();
        claims.setName("Claims");
        claims.setValue(Map.of(Users.MAIL_CLAIM, "anna@example.com"));
        request.setRequestParameters(List.of(claims));
        return request;
    }

    /** The kinds of emails that are written when a request has been stored. */
    private List<MailKind> mailsOfAStoredRequest() throws Exception {
        when(relations.hasTask("r1")).thenReturn(true);
        listener.doPostExecuteWorkflow(request(), new WorkflowExecutorResult(ExecutorResultState.STARTED_ASSOCIATION));
        ArgumentCaptor<OutgoingMail> sent = ArgumentCaptor.forClass(OutgoingMail.class);
        verify(mails, atLeast(0)).send(sent.capture());
        return sent.getAllValues().stream().map(OutgoingMail::kind).collect(Collectors.toList());
    }

    @Test
    void administratorsAreToldOfARequest() throws Exception {
        assertThat(mailsOfAStoredRequest()).containsExactly(MailKind.WAITING);
    }

    /** Identity Server 7.3 may tell approvers, never applicants. */
    @Test
    void administratorsAreToldOnceAlsoIfTheServerTellsThem() throws Exception {
        when(workflows.tellApprovers(-1234)).thenReturn(true);

        assertThat(mailsOfAStoredRequest()).isEmpty();
        verify(mails).release(any());
    }

    @Test
    void aRequestWithoutATaskFailsAtOnce() throws Exception {
        when(relations.hasTask("r1")).thenReturn(false);

        assertThatThrownBy(() -> listener.doPostExecuteWorkflow(
                        request(), new WorkflowExecutorResult(ExecutorResultState.STARTED_ASSOCIATION)))
                .isInstanceOf(WorkflowException.class);
        verify(pending).fail("r1");
        verify(mails).discard(any());
        verify(mails, never()).release(any());
    }

    /** The claim is made before the email is written down and before the server carries the decision out. */
    @Test
    void theFirstDecisionIsClaimedAndItsEmailHeld() throws Exception {
        when(pending.byRelationship("relation")).thenReturn(request());
        when(relations.claim("relation", "APPROVED")).thenReturn(true);

        listener.doPreHandleCallback("relation", "APPROVED", Map.of());

        InOrder order = inOrder(relations, mails);
        order.verify(relations).claim("relation", "APPROVED");
        order.verify(mails).hold(any());
    }
}
