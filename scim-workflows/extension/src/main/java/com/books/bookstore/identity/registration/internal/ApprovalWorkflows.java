package com.books.bookstore.identity.registration.internal;

import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.dto.Association;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowEvent;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/** Whether a workflow decides on self-registrations. Thread-safe. */
final class ApprovalWorkflows {

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
     * Whether an enabled association hands self-registrations of the tenant to a workflow.
     *
     * @throws WorkflowException when that cannot be read
     */
    boolean decideOnSelfRegistration(int tenantId) throws WorkflowException {
        for (Association association : workflows.listAllAssociations(tenantId)) {
            if (PendingRequests.SELF_REGISTER_USER.equals(association.getEventId()) && association.isEnabled()) {
                return true;
            }
        }
        return false;
    }
}
