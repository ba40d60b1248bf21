package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.books.bookstore.identity.access.AccessGate;
import com.books.bookstore.identity.access.Caller;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.carbon.context.CarbonContext;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.bean.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.bean.WorkflowRequestFilterResponse;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowClientException;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/**
 * The reading part of {@code /api/server/v1/workflow-instances} with the contract of Identity Server 7.2: list with a filter on
 * {@code operationType} and {@code status}, and get. For administrators with the scope {@value #SCOPE}, and for clients with it, which see
 * self-registrations only.
 * Answers lack {@code requestParameters}, a text in no particular form; {@code properties} says the same, with claims by their URI.
 * One thing more: a decided instance has {@code decidedBy} and, if there is one, {@code reason}.
 */
final class WorkflowInstanceServlet extends HttpServlet {

    static final String ALIAS = "/api/server/v1/workflow-instances";
    static final String SCOPE = "internal_workflow_instance_view";

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(WorkflowInstanceServlet.class);
    private static final String ADMINISTRATORS = "bookstore-admin";
    private static final String NOT_FOUND = "Workflow log not found.";
    private static final int DEFAULT_LIMIT = 25;
    private static final int MOST = 100;
    private static final Pattern CONDITION = Pattern.compile("(operationType|status) eq (\\w+)");
    private static final String EVER_SINCE = "1950-01-01 00:00:00.000";
    private static final String FOR_EVER = "9999-01-01 00:00:00.000";

    private final transient WorkflowManagementService workflows;
    private final transient TaskStore tasks;
    private final transient AccessGate gate;

    WorkflowInstanceServlet(WorkflowManagementService workflows, TaskStore tasks, AccessGate gate) {
        this.workflows = workflows;
        this.tasks = tasks;
        this.gate = gate;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super", true);
            Caller caller = gate.identify(request);
            if (!caller.hasScope(SCOPE) || (caller.isUser() && !caller.hasRole(ADMINISTRATORS))) {
                throw AccessDeniedException.forbidden(SCOPE);
            }
            String id =
                    request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
            if (!"GET".equals(request.getMethod())) {
                JsonAnswers.error(response, 405, "51000", "Only reading is offered here.");
            } else if (id.isEmpty()) {
                JsonAnswers.answer(response, 200, list(caller.isUser(), request).toString());
            } else {
                JsonAnswers.answer(
                        response,
                        200,
                        instance(visible(caller.isUser(), new WorkflowRequestDAO().getWorkflowRequest(id)))
                                .toString());
            }
        } catch (AccessDeniedException denied) {
            denied.describe(response);
            JsonAnswers.error(response, denied.status(), "51001", denied.getMessage());
        } catch (WorkflowClientException unknown) {
            JsonAnswers.error(response, 404, "51010", NOT_FOUND);
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.error(response, 400, "51011", wrong.getMessage());
        } catch (WorkflowException | SQLException | RuntimeException failed) {
            LOG.error("Workflow instances cannot be read", failed);
            JsonAnswers.error(response, 500, "50031", "The server failed; see its log.");
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    /** @throws WorkflowClientException if a client asks for anything but a self-registration */
    static WorkflowRequest visible(boolean isUser, WorkflowRequest workflow) throws WorkflowClientException {
        if (!isUser && !SelfRegistrationRequest.EVENT.equals(workflow.getOperationType())) {
            throw new WorkflowClientException(NOT_FOUND);
        }
        return workflow;
    }

    /**
     * The operation that a list is limited to, or null for all.
     *
     * @param asked the operation asked for, or null for all
     * @throws WorkflowClientException if a client asks for anything but self-registrations
     */
    static String operation(boolean isUser, String asked) throws WorkflowClientException {
        if (isUser) {
            return asked;
        }
        if (asked != null && !SelfRegistrationRequest.EVENT.equals(asked)) {
            throw new WorkflowClientException(NOT_FOUND);
        }
        return SelfRegistrationRequest.EVENT;
    }

    private JSONObject list(boolean isUser, HttpServletRequest request) throws WorkflowException {
        Map<String, String> filter = filter(request.getParameter("filter"));
        int offset = number(request.getParameter("offset"), 0, 0);
        WorkflowRequestFilterResponse found = workflows.getRequestsFromFilter(
                null,
                operation(isUser, filter.get("operationType")),
                EVER_SINCE,
                FOR_EVER,
                null,
                CarbonContext.getThreadLocalCarbonContext().getTenantId(),
                filter.get("status"),
                Math.min(MOST, number(request.getParameter("limit"), DEFAULT_LIMIT, 1)),
                offset);
        JSONArray instances = new JSONArray();
        for (WorkflowRequest workflow : found.getRequests()) {
            instances.put(summary(workflow));
        }
        return new JSONObject()
                .put("totalResults", found.getTotalCount())
                .put("startIndex", offset + 1)
                .put("count", instances.length())
                .put("instances", instances);
    }

    private static Map<String, String> filter(String text) {
        Map<String, String> conditions = new HashMap<>();
        for (String part :
                text == null || text.isBlank() ? new String[0] : text.trim().split(" and ")) {
            Matcher condition = CONDITION.matcher(part.trim());
            if (!condition.matches()) {
                throw new IllegalArgumentException("Filters here are operationType eq and status eq, combined by and.");
            }
            conditions.put(condition.group(1), condition.group(2));
        }
        return conditions;
    }

    /** @throws IllegalArgumentException for anything but a number from {@code least} on; the workflow component fails at a limit of 0 */
    static int number(String value, int fallback, int least) {
        if (value == null || value.isEmpty()) {
            return fallback;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least) {
            throw new IllegalArgumentException("limit is a number from 1 on, offset from 0 on.");
        }
        return Integer.parseInt(value);
    }

    private static JSONObject summary(WorkflowRequest workflow) {
        return new JSONObject()
                .put("workflowInstanceId", workflow.getRequestId())
                .put("eventType", workflow.getOperationType())
                .put("requestInitiator", workflow.getCreatedBy())
                .put("createdAt", workflow.getCreatedAt())
                .put("updatedAt", workflow.getUpdatedAt())
                .put("status", workflow.getStatus());
    }

    private JSONObject instance(WorkflowRequest workflow) throws SQLException {
        JSONObject instance =
                summary(workflow).put("properties", RequestProperties.of(workflow.getRequestParameters()));
        ApprovalTask task = tasks.ofRequest(workflow.getRequestId());
        // Absent without a value. Of a task that waits, the owner is who has reserved it.
        return task == null || task.status.isOpen()
                ? instance
                : instance.put("decidedBy", task.owner).put("reason", task.reason);
    }
}
