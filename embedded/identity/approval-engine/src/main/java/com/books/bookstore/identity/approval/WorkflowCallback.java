package com.books.bookstore.identity.approval;

import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.callback.WSParameter;
import org.wso2.carbon.identity.workflow.mgt.callback.WSWorkflowCallBackService;
import org.wso2.carbon.identity.workflow.mgt.callback.WSWorkflowResponse;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestAssociationDAO;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowRequestStatus;

/**
 * Hands decisions to WSO2's workflow component, as the deciding user and through the service that Identity Server's own engine uses: it
 * logs the workflow exceptions of a decision that could not be carried out, and the administrator is told that it is done.
 */
final class WorkflowCallback implements ApprovalService.Workflow {

    private static final String REASON = "reason";

    private final WSWorkflowCallBackService callbacks = new WSWorkflowCallBackService();

    @Override
    public void complete(ApprovalTask task, boolean approved, String actor, String reason) {
        WSWorkflowResponse decision = new WSWorkflowResponse();
        decision.setUuid(task.relationshipId);
        decision.setStatus((approved ? WorkflowRequestStatus.APPROVED : WorkflowRequestStatus.REJECTED).toString());
        if (reason != null) {
            WSParameter parameter = new WSParameter();
            parameter.setName(REASON);
            parameter.setValue(reason);
            decision.setOutputParams(new WSParameter[] {parameter});
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain("carbon.super", true);
            context.setUsername(actor);
            callbacks.onCallback(decision);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    @Override
    public void reopen(ApprovalTask task) throws InternalWorkflowException {
        new WorkflowRequestAssociationDAO()
                .updateStatusOfRelationship(task.relationshipId, WorkflowRequestStatus.PENDING.toString());
    }

    @Override
    public boolean waits(ApprovalTask task) throws InternalWorkflowException {
        return WorkflowRequestStatus.PENDING
                .toString()
                .equals(new WorkflowRequestDAO().retrieveStatusOfWorkflow(task.requestId));
    }

    @Override
    public boolean knows(ApprovalTask task) throws InternalWorkflowException {
        return !new WorkflowRequestAssociationDAO()
                .getRequestIdOfRelationship(task.relationshipId)
                .isEmpty();
    }
}
