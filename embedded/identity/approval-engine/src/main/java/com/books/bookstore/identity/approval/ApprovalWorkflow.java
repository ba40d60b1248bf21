package com.books.bookstore.identity.approval;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.wso2.carbon.identity.workflow.mgt.bean.Parameter;
import org.wso2.carbon.identity.workflow.mgt.bean.RequestParameter;
import org.wso2.carbon.identity.workflow.mgt.bean.metadata.InputData;
import org.wso2.carbon.identity.workflow.mgt.bean.metadata.ParameterMetaData;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.util.WFConstant;
import org.wso2.carbon.identity.workflow.mgt.workflow.AbstractWorkflow;
import org.wso2.carbon.identity.workflow.mgt.workflow.TemplateInitializer;
import org.wso2.carbon.identity.workflow.mgt.workflow.WorkFlowExecutor;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/** The approval engine as the workflow component sees it, under the names that Identity Server's own engine has. */
final class ApprovalWorkflow extends AbstractWorkflow {

    static final String ENGINE = "WorkflowEngine";
    static final String TEMPLATE = "MultiStepApprovalTemplate";

    private static final String META_DATA =
            "<met:MetaData xmlns:met=\"http://metadata.bean.mgt.workflow.identity.carbon.wso2.org\"><met:WorkflowImpl>"
                    + "<met:WorkflowImplId>" + ENGINE + "</met:WorkflowImplId>"
                    + "<met:WorkflowImplName>books.com approval engine</met:WorkflowImplName>"
                    + "<met:WorkflowImplDescription>One step, one role</met:WorkflowImplDescription>"
                    + "<met:TemplateId>" + TEMPLATE + "</met:TemplateId></met:WorkflowImpl></met:MetaData>";

    private final TaskStore tasks;
    private final ApprovalRelations relations;

    ApprovalWorkflow(TaskStore tasks, ApprovalRelations relations) {
        super(NoTemplate.class, WorkFlowExecutor.class, META_DATA);
        this.tasks = tasks;
        this.relations = relations;
    }

    @Override
    public WorkFlowExecutor getWorkFlowExecutor() {
        return new Executor(tasks, relations);
    }

    @Override
    protected InputData getInputData(ParameterMetaData parameter) {
        return null;
    }

    /** Nothing is deployed for a workflow: its parameters say all. */
    public static final class NoTemplate implements TemplateInitializer {
        @Override
        public boolean initNeededAtStartUp() {
            return false;
        }

        @Override
        public void initialize(List<Parameter> parameters) {
            // Nothing to prepare.
        }
    }

    /** Turns a request into a task for the approver role of the workflow. */
    static final class Executor implements WorkFlowExecutor {

        private static final String STEPS = "ApprovalSteps";
        private static final String FIRST_STEP_ROLES = "Step-1-roles";

        private final TaskStore tasks;
        private final ApprovalRelations relations;
        private String workflowId;
        private String approverRole;

        Executor(TaskStore tasks, ApprovalRelations relations) {
            this.tasks = tasks;
            this.relations = relations;
        }

        @Override
        public boolean canHandle(WorkflowRequest request) {
            return true;
        }

        @Override
        public void initialize(List<Parameter> parameters) throws WorkflowException {
            for (Parameter parameter : parameters) {
                if (STEPS.equals(parameter.getParamName()) && FIRST_STEP_ROLES.equals(parameter.getqName())) {
                    workflowId = parameter.getWorkflowId();
                    approverRole = UserCoreUtil.removeDomainFromName(parameter.getParamValue());
                }
            }
            if (approverRole == null || approverRole.isEmpty()) {
                throw new WorkflowException("The approval workflow names no role for its first step");
            }
        }

        @Override
        public void execute(WorkflowRequest request) throws WorkflowException {
            ApprovalTask task = new ApprovalTask(
                    UUID.randomUUID().toString(),
                    request.getUuid(),
                    requestId(request),
                    workflowId,
                    request.getEventType(),
                    approverRole,
                    ApprovalTask.Status.READY,
                    null,
                    null,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS));
            try {
                tasks.add(task);
                relations.add(task);
            } catch (SQLException failed) {
                throw new InternalWorkflowException("The request cannot be put before the approvers", failed);
            }
        }

        /** The uuid of what is executed names the relation of request and workflow; the request's is a parameter. */
        private static String requestId(WorkflowRequest request) throws WorkflowException {
            for (RequestParameter parameter : request.getRequestParameters()) {
                if (WFConstant.REQUEST_ID.equals(parameter.getName())) {
                    return String.valueOf(parameter.getValue());
                }
            }
            throw new WorkflowException("The request carries no id");
        }

        @Override
        public String getName() {
            return ENGINE;
        }
    }
}
