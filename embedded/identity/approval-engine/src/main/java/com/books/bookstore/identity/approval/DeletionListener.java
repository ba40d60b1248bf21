package com.books.bookstore.identity.approval;

import java.sql.SQLException;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.bean.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.listener.AbstractWorkflowListener;

/** Deletes the tasks of deleted requests and workflows, as foreign keys do for the tasks of Identity Server's own engine. */
final class DeletionListener extends AbstractWorkflowListener {

    private final TaskStore tasks;

    DeletionListener(TaskStore tasks) {
        this.tasks = tasks;
    }

    @Override
    public boolean isEnable() {
        return true;
    }

    @Override
    public void doPreDeleteWorkflowRequest(WorkflowRequest request) throws WorkflowException {
        try {
            tasks.forget(request.getRequestId());
        } catch (SQLException failed) {
            throw new WorkflowException("The tasks of a request cannot be deleted", failed);
        }
    }

    @Override
    public void doPostDeleteWorkflow(Workflow workflow) throws WorkflowException {
        try {
            tasks.forgetWorkflow(workflow.getWorkflowId());
        } catch (SQLException failed) {
            throw new WorkflowException("The tasks of a workflow cannot be deleted", failed);
        }
    }
}
