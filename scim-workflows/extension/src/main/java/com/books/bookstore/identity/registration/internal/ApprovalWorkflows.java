package com.books.bookstore.identity.registration.internal;

import java.util.List;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.Parameter;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.dto.Association;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowEvent;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/** Whether a workflow decides on self-registrations. Thread-safe. */
final class ApprovalWorkflows {

    /** Name of the parameters for channels of notifications, in Identity Server's engine from 1.1 on. */
    private static final String NOTIFICATION = "Notification";

    private static final String TO_APPROVERS = "NotificationForApprovers-channels";

    private final WorkflowManagementService workflows;

    ApprovalWorkflows(WorkflowManagementService workflows) {
        this.workflows = workflows;
    }

    /** Whether the server has registered its handler of self-registrations, without which it shows none of their associations. */
    boolean knowSelfRegistration() {
        for (WorkflowEvent event : workflows.listWorkflowEvents()) {
            if (PendingRequests.SELF_REGISTER_USER.equals(event.getEventId())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether there is an association of self-registrations in the tenant, enabled or not. A second one would be too many: the server can
     * decide a request of one workflow only.
     */
    boolean haveSelfRegistration(int tenantId) throws WorkflowException {
        for (Association association : workflows.listAllAssociations(tenantId)) {
            if (PendingRequests.SELF_REGISTER_USER.equals(association.getEventId())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the engine of Identity Server 7.3 tells the approvers of new self-registrations itself: it does if the workflow that decides on
     * them, ours or another, names channels for it. Its other notification goes to the initiator of a request, which is not the applicant.
     *
     * @throws WorkflowException when that cannot be read
     */
    boolean tellApprovers(int tenantId) throws WorkflowException {
        for (Workflow workflow : workflows.listWorkflows(tenantId)) {
            if (decidesOnSelfRegistration(workflows.getAssociationsForWorkflow(workflow.getWorkflowId()))
                    && namesChannels(workflows.getWorkflowParameters(workflow.getWorkflowId()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesChannels(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (NOTIFICATION.equalsIgnoreCase(parameter.getParamName())
                    && parameter.getqName() != null
                    && parameter.getqName().startsWith(TO_APPROVERS)
                    && parameter.getParamValue() != null
                    && !parameter.getParamValue().isBlank()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an enabled association hands self-registrations of the tenant to a workflow.
     *
     * @throws WorkflowException when that cannot be read
     */
    boolean decideOnSelfRegistration(int tenantId) throws WorkflowException {
        return decidesOnSelfRegistration(workflows.listAllAssociations(tenantId));
    }

    private static boolean decidesOnSelfRegistration(List<Association> associations) {
        for (Association association : associations) {
            if (PendingRequests.SELF_REGISTER_USER.equals(association.getEventId()) && association.isEnabled()) {
                return true;
            }
        }
        return false;
    }
}
