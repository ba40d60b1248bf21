package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.books.bookstore.identity.access.AccessGate;
import com.books.bookstore.identity.access.Caller;
import com.books.bookstore.identity.approval.ApprovalException.Problem;
import com.books.bookstore.identity.approval.ApprovalTask.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;

/**
 * {@code /api/users/v2/me/approval-tasks} with the contract of Identity Server 7.2. One thing more: the state of a task
 * may carry a {@code reason}, which goes into the email to a rejected applicant.
 */
final class ApprovalServlet extends HttpServlet {

    static final String ALIAS = "/api/users/v2/me/approval-tasks";
    static final String SCOPE = "registrations:approve";

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(ApprovalServlet.class);
    private static final int DEFAULT_LIMIT = 20;
    private static final int LONGEST_BODY = 16 * 1024;
    private static final int LONGEST_REASON = 1000;
    private static final String REQUEST_FILTER = "workflowRequestId eq ";

    private final transient ApprovalService approvals;
    private final transient AccessGate gate;

    ApprovalServlet(ApprovalService approvals, AccessGate gate) {
        this.approvals = approvals;
        this.gate = gate;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Caller caller = gate.identify(request);
            if (!caller.isUser() || !caller.hasScope(SCOPE)) {
                throw AccessDeniedException.forbidden(SCOPE);
            }
            String[] path = (request.getPathInfo() == null ? "" : request.getPathInfo()).split("/");
            boolean reading = "GET".equals(request.getMethod());
            if (path.length <= 1 && reading) {
                list(caller, request, response);
            } else if (path.length == 2 && reading) {
                JsonAnswers.answer(
                        response,
                        200,
                        detail(caller, approvals.get(caller, path[1])).toString());
            } else if (path.length == 3 && "state".equals(path[2]) && "PUT".equals(request.getMethod())) {
                change(caller, path[1], request);
                response.setStatus(200);
            } else {
                JsonAnswers.error(response, path.length > 3 ? 404 : 405, "UAA-10007", "There is no such operation.");
            }
        } catch (AccessDeniedException denied) {
            denied.describe(response);
            JsonAnswers.error(response, denied.status(), "UAA-10001", denied.getMessage());
        } catch (ApprovalException problem) {
            JsonAnswers.error(response, problem.problem().status, problem.problem().code, problem.getMessage());
        } catch (SQLException | InternalWorkflowException | RuntimeException failed) {
            LOG.error("Approval request failed", failed);
            JsonAnswers.error(response, 500, "UAA-15001", "The server failed; see its log.");
        }
    }

    private void list(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws SQLException, ApprovalException, IOException, InternalWorkflowException {
        int limit = number(request.getParameter("limit"), DEFAULT_LIMIT);
        int offset = number(request.getParameter("offset"), 0);
        List<ApprovalTask> tasks = approvals.list(caller, statuses(request.getParameterValues("status")));
        String filter = request.getParameter("filter");
        if (filter != null) {
            if (!filter.startsWith(REQUEST_FILTER)) {
                throw new ApprovalException(Problem.INVALID_INPUT);
            }
            String wanted = filter.substring(REQUEST_FILTER.length()).trim();
            tasks = tasks.stream().filter(task -> task.requestId.equals(wanted)).collect(Collectors.toList());
        }
        JSONArray page = new JSONArray();
        for (ApprovalTask task :
                tasks.subList(Math.min(offset, tasks.size()), (int) Math.min((long) offset + limit, tasks.size()))) {
            page.put(summary(caller, task));
        }
        JsonAnswers.answer(response, 200, page.toString());
    }

    private void change(Caller caller, String id, HttpServletRequest request)
            throws IOException, SQLException, ApprovalException {
        JSONObject state = body(request);
        String reason = state.optString("reason", "").trim();
        if (reason.length() > LONGEST_REASON) {
            throw new ApprovalException(Problem.INVALID_INPUT);
        }
        switch (state.optString("action", "")) {
            case "CLAIM":
                approvals.claim(caller, id);
                break;
            case "RELEASE":
                approvals.release(caller, id);
                break;
            case "APPROVE":
                approvals.decide(caller, id, true, null);
                break;
            case "REJECT":
                approvals.decide(caller, id, false, reason.isEmpty() ? null : reason);
                break;
            default:
                throw new ApprovalException(Problem.UNKNOWN_ACTION);
        }
    }

    private static JSONObject body(HttpServletRequest request) throws IOException, ApprovalException {
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new ApprovalException(Problem.INVALID_INPUT);
            }
            return new JSONObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (JSONException malformed) {
            throw new ApprovalException(Problem.INVALID_INPUT);
        }
    }

    private static EnumSet<Status> statuses(String[] values) throws ApprovalException {
        EnumSet<Status> statuses = EnumSet.noneOf(Status.class);
        for (String list : values == null ? new String[0] : values) {
            for (String value : list.split(",")) {
                switch (value.trim()) {
                    case "READY":
                        statuses.add(Status.READY);
                        break;
                    case "RESERVED":
                        statuses.add(Status.RESERVED);
                        break;
                    case "BLOCKED":
                        statuses.add(Status.BLOCKED);
                        break;
                    case "APPROVED":
                        statuses.add(Status.APPROVED);
                        break;
                    case "REJECTED":
                        statuses.add(Status.REJECTED);
                        break;
                    case "COMPLETED":
                        statuses.addAll(EnumSet.of(Status.APPROVED, Status.REJECTED, Status.FAILED));
                        break;
                    default:
                        throw new ApprovalException(Problem.INVALID_INPUT);
                }
            }
        }
        return statuses;
    }

    private static int number(String value, int fallback) throws ApprovalException {
        if (value == null || value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a negative number.
        }
        throw new ApprovalException(Problem.INVALID_INPUT);
    }

    private static JSONObject summary(Caller caller, ApprovalTask task) {
        return new JSONObject()
                .put("id", task.id)
                .put("name", "bookstore-customer-registration")
                .put("presentationSubject", "Self Register User")
                .put("presentationName", "Approval task")
                .put("taskType", task.eventType)
                .put("requestId", task.requestId)
                .put("workflowId", task.workflowId)
                // Two names for one thing: Identity Server's API definition has the first, its answers the second.
                .put("status", task.status.isOpen() ? task.status.name() : "COMPLETED")
                .put("approvalStatus", task.shownTo(caller.userName()).name())
                .put("priority", "High")
                .put("createdTimeInMillis", String.valueOf(task.createdAt.toEpochMilli()));
    }

    private static JSONObject detail(Caller caller, ApprovalTask task) throws InternalWorkflowException {
        JSONObject detail = new JSONObject()
                .put("id", task.id)
                .put("subject", "Self Register User")
                .put("description", "A new customer waits for a decision")
                .put("priority", "High")
                .put("initiator", "")
                .put("approvalStatus", task.shownTo(caller.userName()).name())
                .put("createdTimeInMillis", String.valueOf(task.createdAt.toEpochMilli()))
                .put("assignees", new JSONArray().put(RequestProperties.property("roles", task.approverRole)));
        return detail.put(
                "properties",
                RequestProperties.of(new WorkflowRequestDAO()
                        .retrieveWorkflow(task.requestId)
                        .getRequestParameters()));
    }
}
