package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.books.bookstore.identity.registration.RegistrationSettings;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Parameter;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.dto.Association;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowEvent;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/** What the server's workflow service can say, and how registrations stay closed by it. */
class ApprovalWorkflowsTest {

    private static final int TENANT = -1234;

    private final WorkflowManagementService server = mock(WorkflowManagementService.class);
    private final ApprovalWorkflows workflows = new ApprovalWorkflows(server);

    private static Association association(String id, String event, boolean enabled) {
        Association association = new Association();
        association.setAssociationId(id);
        association.setEventId(event);
        association.setEnabled(enabled);
        return association;
    }

    private void associations(Association... associations) throws WorkflowException {
        when(server.listAllAssociations(TENANT)).thenReturn(List.of(associations));
    }

    @Test
    void anEnabledAssociationDecides() throws Exception {
        associations(association("1", "ADD_USER", true), association("2", "SELF_REGISTER_USER", true));

        assertThat(workflows.decideOnSelfRegistration(TENANT)).isTrue();
    }

    @Test
    void whileTheAssociationIsDisabledNoWorkflowDecides() throws Exception {
        associations(association("1", "ADD_USER", true), association("2", "SELF_REGISTER_USER", false));

        assertThat(workflows.decideOnSelfRegistration(TENANT)).isFalse();
    }

    @Test
    void afterTheWorkflowIsDeletedNoWorkflowDecides() throws Exception {
        associations(association("1", "ADD_USER", true));

        assertThat(workflows.decideOnSelfRegistration(TENANT)).isFalse();
    }

    @Test
    void anUnreadableTableIsNoAnswer() throws Exception {
        when(server.listAllAssociations(TENANT)).thenThrow(new InternalWorkflowException("unreadable"));

        assertThatThrownBy(() -> workflows.decideOnSelfRegistration(TENANT)).isInstanceOf(WorkflowException.class);
    }

    @Test
    void nothingIsProvisionedBeforeTheServerHasRegisteredItsHandler() throws Exception {
        when(server.listWorkflowEvents()).thenReturn(List.of());

        assertThatThrownBy(() -> provisioner().provision("carbon.super")).isInstanceOf(WorkflowException.class);
        verify(server, never()).addAssociation(any(), any(), any(), any());
    }

    @Test
    void ofSeveralAssociationsOneEnabledOneStays() throws Exception {
        when(server.getAssociationsForWorkflow("w"))
                .thenReturn(List.of(
                        association("3", "SELF_REGISTER_USER", false),
                        association("10", "SELF_REGISTER_USER", true),
                        association("9", "SELF_REGISTER_USER", true),
                        association("1", "ADD_USER", true)));

        provisioner().associate(workflow(), TENANT);

        verify(server).removeAssociation(3);
        verify(server).removeAssociation(10);
        verify(server, never()).removeAssociation(9);
        verify(server, never()).removeAssociation(1);
        verify(server, never()).addAssociation(any(), any(), any(), any());
    }

    @Test
    void anAssociationThatAnAdministratorDisabledStaysDisabled() throws Exception {
        when(server.getAssociationsForWorkflow("w")).thenReturn(List.of(association("3", "SELF_REGISTER_USER", false)));

        provisioner().associate(workflow(), TENANT);

        verify(server, never()).addAssociation(any(), any(), any(), any());
        verify(server, never()).removeAssociation(3);
        verify(server, never()).changeAssociationState(any(), anyBoolean());
    }

    @Test
    void anAssociationOfAnotherWorkflowStaysTheOnlyOne() throws Exception {
        when(server.getAssociationsForWorkflow("w")).thenReturn(List.of());
        associations(association("5", "SELF_REGISTER_USER", true));

        provisioner().associate(workflow(), TENANT);

        verify(server, never()).addAssociation(any(), any(), any(), any());
    }

    /** Two nodes that start for the first time at the same moment. */
    @Test
    void ofSeveralWorkflowsOfOurNameOneStays() throws Exception {
        WorkflowEvent event = new WorkflowEvent();
        event.setEventId("SELF_REGISTER_USER");
        when(server.listWorkflowEvents()).thenReturn(List.of(event));
        when(server.listWorkflows(anyInt()))
                .thenReturn(List.of(
                        named("b", "bookstore-customer-registration"),
                        named("a", "bookstore-customer-registration"),
                        named("0", "another")));
        when(server.getAssociationsForWorkflow("a")).thenReturn(List.of(association("1", "SELF_REGISTER_USER", true)));

        provisioner().provision("carbon.super");

        verify(server).removeWorkflow("b");
        verify(server, never()).removeWorkflow("a");
        verify(server, never()).removeWorkflow("0");
        verify(server, never()).addWorkflow(any(), any(), anyInt());
    }

    private static Workflow named(String id, String name) {
        Workflow workflow = new Workflow();
        workflow.setWorkflowId(id);
        workflow.setWorkflowName(name);
        return workflow;
    }

    @Test
    void theServersOwnEmailsToApproversAreNoticed() throws Exception {
        when(server.listWorkflows(TENANT)).thenReturn(List.of(named("w", "ours"), named("x", "another")));
        when(server.getAssociationsForWorkflow("w")).thenReturn(List.of(association("1", "SELF_REGISTER_USER", true)));
        when(server.getAssociationsForWorkflow("x")).thenReturn(List.of(association("2", "ADD_USER", true)));
        when(server.getWorkflowParameters("x")).thenReturn(List.of(notification("x", "Approvers", "email")));
        when(server.getWorkflowParameters("w"))
                .thenReturn(List.of(new Parameter("w", "UserAndRole", "r", "UserAndRole-step-1-roles", "Template")))
                .thenReturn(List.of(notification("w", "Approvers", "")))
                .thenReturn(List.of(notification("w", "Initiator", "email")))
                .thenReturn(List.of(notification("w", "Approvers", "email")));

        assertThat(workflows.tellApprovers(TENANT)).isFalse();
        assertThat(workflows.tellApprovers(TENANT)).isFalse();
        assertThat(workflows.tellApprovers(TENANT)).isFalse();
        assertThat(workflows.tellApprovers(TENANT)).isTrue();
    }

    /** The other workflow of an administrator keeps the association; that of the extension then decides on nothing. */
    @Test
    void theWorkflowThatDecidesIsAskedWhateverItsName() throws Exception {
        when(server.listWorkflows(TENANT)).thenReturn(List.of(named("w", "ours"), named("x", "another")));
        when(server.getAssociationsForWorkflow("w")).thenReturn(List.of(association("1", "SELF_REGISTER_USER", false)));
        when(server.getAssociationsForWorkflow("x")).thenReturn(List.of(association("2", "SELF_REGISTER_USER", true)));
        when(server.getWorkflowParameters("w")).thenReturn(List.of(notification("w", "Approvers", "email")));
        assertThat(workflows.tellApprovers(TENANT)).isFalse();

        when(server.getWorkflowParameters("x")).thenReturn(List.of(notification("x", "Approvers", "email")));
        assertThat(workflows.tellApprovers(TENANT)).isTrue();
    }

    private static Parameter notification(String workflow, String to, String channels) {
        return new Parameter(workflow, "Notification", channels, "NotificationFor" + to + "-channels", "t");
    }

    private WorkflowProvisioner provisioner() {
        return new WorkflowProvisioner(
                server, workflows, mock(Roles.class), RegistrationSettings.from(new Properties()));
    }

    private static Workflow workflow() {
        Workflow workflow = new Workflow();
        workflow.setWorkflowId("w");
        return workflow;
    }
}
