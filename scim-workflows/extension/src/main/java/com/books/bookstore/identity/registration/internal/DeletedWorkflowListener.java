package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.Registration;
import java.util.ArrayList;
import java.util.List;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.listener.AbstractWorkflowListener;

/** Tells the applicants whose requests wait for a workflow that an administrator deletes: the server drops them silently. */
final class DeletedWorkflowListener extends AbstractWorkflowListener {

    private static final int ORDER = 717;

    /** Between the two calls of one deletion, which one thread makes. */
    @SuppressWarnings("ThreadLocalUsage") // The server has one listener of this class for its whole life.
    private final ThreadLocal<List<Registration>> dropped = ThreadLocal.withInitial(ArrayList::new);

    private final WorkflowRelations relations;
    private final RegistrationWorkflowListener registrations;

    DeletedWorkflowListener(WorkflowRelations relations, RegistrationWorkflowListener registrations) {
        this.relations = relations;
        this.registrations = registrations;
    }

    @Override
    public boolean isEnable() {
        return true;
    }

    @Override
    public int getOrderId() {
        return ORDER;
    }

    @Override
    public void doPreDeleteWorkflow(Workflow workflow) throws WorkflowException {
        dropped.remove();
        for (String id : relations.waitingFor(workflow.getWorkflowId())) {
            WorkflowRequest request = new WorkflowRequestDAO().retrieveWorkflow(id);
            if (request != null && PendingRequests.SELF_REGISTER_USER.equals(request.getEventType())) {
                dropped.get().add(PendingRequests.describe(request));
            }
        }
    }

    @Override
    public void doPostDeleteWorkflow(Workflow workflow) {
        for (Registration registration : dropped.get()) {
            registrations.tellFailure(registration, RequestCorrelation.current());
        }
        dropped.remove();
    }
}
