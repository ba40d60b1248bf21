package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.RegistrationSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Parameter;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.dto.Association;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/**
 * Creates the roles, the approval workflow and its association with SELF_REGISTER_USER unless they exist. What an administrator
 * changed in them stays.
 */
final class WorkflowProvisioner {

    static final String TEMPLATE = "MultiStepApprovalTemplate";
    static final String ENGINE = "WorkflowEngine";

    private static final Log LOG = LogFactory.getLog(WorkflowProvisioner.class);

    /**
     * The parameter as Identity Server 7.2 stores it. Newer frameworks read it under the names ApprovalSteps and
     * Step-1-roles and translate these older ones.
     */
    private static final String APPROVERS = "UserAndRole";

    private static final String FIRST_STEP_ROLES = "UserAndRole-step-1-roles";
    private static final String TEMPLATE_PARAMETER = "Template";

    private final WorkflowManagementService workflows;
    private final ApprovalWorkflows approvals;
    private final Roles roles;
    private final RegistrationSettings settings;

    WorkflowProvisioner(
            WorkflowManagementService workflows,
            ApprovalWorkflows approvals,
            Roles roles,
            RegistrationSettings settings) {
        this.workflows = workflows;
        this.approvals = approvals;
        this.roles = roles;
        this.settings = settings;
    }

    /** @throws WorkflowException when the approval engine is not there (yet), or the tables refuse */
    void provision(String tenantDomain) throws WorkflowException, Roles.RoleException {
        if (!approvals.knowSelfRegistration()) {
            throw new WorkflowException("The server has not registered its handler of self-registrations yet");
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain(tenantDomain, true);
            roles.ensure(settings.customerRole(), tenantDomain);
            String approver = roles.ensure(settings.approverRole(), tenantDomain);
            Workflow workflow = find(context.getTenantId());
            if (workflow == null) {
                add(approver, context.getTenantId());
                workflow = find(context.getTenantId());
            }
            associate(workflow, context.getTenantId());
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    /** The workflow of our name with the lowest id: two nodes that start for the first time may both have made one. */
    private Workflow find(int tenantId) throws WorkflowException {
        List<Workflow> ours = new ArrayList<>();
        for (Workflow workflow : workflows.listWorkflows(tenantId)) {
            if (settings.workflowName().equals(workflow.getWorkflowName())) {
                ours.add(workflow);
            }
        }
        ours.sort(Comparator.comparing(Workflow::getWorkflowId));
        for (Workflow surplus : ours.subList(Math.min(1, ours.size()), ours.size())) {
            workflows.removeWorkflow(surplus.getWorkflowId());
            LOG.warn("A second workflow " + settings.workflowName() + " was removed");
        }
        return ours.isEmpty() ? null : ours.get(0);
    }

    private void add(String approver, int tenantId) throws WorkflowException {
        Workflow workflow = new Workflow();
        workflow.setWorkflowId(UUID.randomUUID().toString());
        workflow.setWorkflowName(settings.workflowName());
        workflow.setWorkflowDescription(
                "New customers of books.com wait until a member of " + settings.approverRole() + " decides");
        workflow.setTemplateId(TEMPLATE);
        workflow.setWorkflowImplId(ENGINE);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(
                new Parameter(workflow.getWorkflowId(), APPROVERS, approver, FIRST_STEP_ROLES, TEMPLATE_PARAMETER));
        workflows.addWorkflow(workflow, parameters, tenantId);
        LOG.info("Approval workflow " + settings.workflowName() + " created; role " + settings.approverRole()
                + " decides");
    }

    void associate(Workflow workflow, int tenantId) throws WorkflowException {
        if (associations(workflow).isEmpty()) {
            if (approvals.haveSelfRegistration(tenantId)) {
                LOG.info("Another workflow is associated with self-registrations, and stays");
                return;
            }
            workflows.addAssociation(
                    settings.workflowName(), workflow.getWorkflowId(), PendingRequests.SELF_REGISTER_USER, null);
            LOG.info("Approval workflow " + settings.workflowName() + " now decides on self-registrations");
        }
        // Another node may have added one at the same moment, and earlier releases added one at each start. With two,
        // no decision is
        // carried out.
        List<Association> surplus = associations(workflow);
        if (surplus.isEmpty()) {
            throw new WorkflowException("Another node has removed the workflow meanwhile");
        }
        surplus.sort(Comparator.comparing(Association::isEnabled)
                .reversed()
                .thenComparing(association -> Integer.valueOf(association.getAssociationId())));
        for (Association association : surplus.subList(1, surplus.size())) {
            workflows.removeAssociation(Integer.parseInt(association.getAssociationId()));
            LOG.warn("A second association of workflow " + settings.workflowName() + " was removed");
        }
    }

    private List<Association> associations(Workflow workflow) throws WorkflowException {
        List<Association> found = new ArrayList<>();
        for (Association association : workflows.getAssociationsForWorkflow(workflow.getWorkflowId())) {
            if (PendingRequests.SELF_REGISTER_USER.equals(association.getEventId())) {
                found.add(association);
            }
        }
        return found;
    }
}
