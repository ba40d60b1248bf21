package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.RegistrationSettings;
import java.util.ArrayList;
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
 * Creates the roles, the approval workflow and its association with SELF_REGISTER_USER unless they are there. What an
 * administrator changed in them stays as he left it.
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
    private final Roles roles;
    private final RegistrationSettings settings;

    WorkflowProvisioner(WorkflowManagementService workflows, Roles roles, RegistrationSettings settings) {
        this.workflows = workflows;
        this.roles = roles;
        this.settings = settings;
    }

    /** @throws WorkflowException when the approval engine is not there (yet), or the tables refuse */
    void provision(String tenantDomain) throws WorkflowException, Roles.RoleException {
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain(tenantDomain, true);
            roles.ensure(settings.customerRole(), tenantDomain);
            String approver = roles.ensure(settings.approverRole(), tenantDomain);
            Workflow workflow = find(context.getTenantId());
            if (workflow == null) {
                workflow = add(approver, context.getTenantId());
            }
            associate(workflow);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private Workflow find(int tenantId) throws WorkflowException {
        for (Workflow workflow : workflows.listWorkflows(tenantId)) {
            if (settings.workflowName().equals(workflow.getWorkflowName())) {
                return workflow;
            }
        }
        return null;
    }

    private Workflow add(String approver, int tenantId) throws WorkflowException {
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
        return workflow;
    }

    private void associate(Workflow workflow) throws WorkflowException {
        for (Association association : workflows.getAssociationsForWorkflow(workflow.getWorkflowId())) {
            if (PendingRequests.SELF_REGISTER_USER.equals(association.getEventId())) {
                return;
            }
        }
        workflows.addAssociation(
                settings.workflowName(), workflow.getWorkflowId(), PendingRequests.SELF_REGISTER_USER, null);
        LOG.info("Approval workflow " + settings.workflowName() + " now decides on self-registrations");
    }
}
