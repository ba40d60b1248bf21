package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.AuditRecord;
import com.books.bookstore.identity.registration.AuditRecord.Action;
import com.books.bookstore.identity.registration.Registration;
import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.mail.MailKind;
import com.books.bookstore.identity.registration.mail.MailOutbox;
import com.books.bookstore.identity.registration.mail.OutgoingMail;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.CarbonConstants;
import org.wso2.carbon.context.CarbonContext;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.WorkflowExecutorResult;
import org.wso2.carbon.identity.workflow.mgt.dto.WorkflowRequest;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.listener.AbstractWorkflowExecutorManagerListener;
import org.wso2.carbon.identity.workflow.mgt.util.ExecutorResultState;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowRequestStatus;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;

/**
 * Follows a registration through the workflow: keeps its name and address taken while it waits, gives the approved
 * customer the role, writes the audit record and sends the emails.
 */
final class RegistrationWorkflowListener extends AbstractWorkflowExecutorManagerListener {

    /** Under this name an approval engine may hand over the administrator's words; Identity Server 7.2 has none. */
    static final String REASON = "reason";

    private static final Log LOG = LogFactory.getLog(RegistrationWorkflowListener.class);

    private final RegistrationSettings settings;
    /** The email of the decision that a thread carries out. */
    @SuppressWarnings("ThreadLocalUsage") // The server has one listener of this class for its whole life.
    private final ThreadLocal<OutgoingMail> carriedOut = new ThreadLocal<>();

    private final ApprovalWorkflows workflows;
    private final PendingRequests pending;
    private final WorkflowRelations relations;
    private final Users users;
    private final Roles roles;
    private final Reservations reservations;
    private final MailOutbox mails;
    private final Clock clock;

    RegistrationWorkflowListener(
            RegistrationSettings settings,
            ApprovalWorkflows workflows,
            PendingRequests pending,
            WorkflowRelations relations,
            Users users,
            Roles roles,
            Reservations reservations,
            MailOutbox mails,
            Clock clock) {
        this.settings = settings;
        this.workflows = workflows;
        this.pending = pending;
        this.relations = relations;
        this.users = users;
        this.roles = roles;
        this.reservations = reservations;
        this.mails = mails;
        this.clock = clock;
    }

    @Override
    public boolean isEnable() {
        return true;
    }

    /** Writes the email down before the request is stored, so that {@link #complete} finds a request that a server left half taken in. */
    @Override
    public void doPreExecuteWorkflow(WorkflowRequest request) throws WorkflowException {
        OutgoingMail received = ofRequest(request);
        if (received != null) {
            mails.hold(received);
        }
    }

    @Override
    public void doPostExecuteWorkflow(WorkflowRequest request, WorkflowExecutorResult result) throws WorkflowException {
        if (!PendingRequests.SELF_REGISTER_USER.equals(request.getEventType())) {
            return;
        }
        OutgoingMail received = ofRequest(request);
        if (result.getExecutorResultState() != ExecutorResultState.STARTED_ASSOCIATION) {
            if (received != null) {
                mails.discard(received);
            }
            return;
        }
        Registration registration = PendingRequests.describe(request);
        if (!relations.hasTask(registration.requestId())) {
            pending.fail(registration.requestId());
            if (received != null) {
                mails.discard(received);
            }
            throw new WorkflowException("The approval engine made no task for the registration. Try again later.");
        }
        takeIn(registration, request.getTenantId(), RequestCorrelation.current());
        reservations.release(PendingRequests.keys(registration));
        CurrentSignUp.end();
        // Last: while it is held, all that is above is done again after a crash.
        if (received != null) {
            mails.release(received);
        }
    }

    /** What a stored request needs beside; may be done again. */
    private void takeIn(Registration registration, int tenantId, String correlationId) throws WorkflowException {
        if (pending.holdUnlessHeld(registration, tenantId)) {
            audit(Action.REQUESTED, registration, null, correlationId);
        }
        tellAdministrators(registration, tenantId, correlationId);
    }

    /** The email that a request was received, or null when it is another kind of request or there is no address. */
    private static OutgoingMail ofRequest(WorkflowRequest request) {
        return PendingRequests.SELF_REGISTER_USER.equals(request.getEventType()) && request.getUuid() != null
                ? toApplicant(MailKind.RECEIVED, PendingRequests.describe(request), null, tenantDomain())
                : null;
    }

    /** Writes the email down before the decision is carried out, so that a server that stops in between still sends it. */
    @Override
    public void doPreHandleCallback(String relationshipId, String status, Map<String, Object> parameters)
            throws WorkflowException {
        WorkflowRequest request = pending.byRelationship(relationshipId);
        if (request == null) {
            return;
        }
        if (!relations.claim(relationshipId, status)) {
            // Unchecked: the server's WSWorkflowCallBackService catches a WorkflowException and only logs it, so that
            // the engine would tell
            // the second administrator that the decision was carried out.
            throw new IllegalStateException("The registration has been decided already");
        }
        OutgoingMail mail = ofDecision(request, status, parameters);
        if (mail != null) {
            mails.hold(mail);
        }
        carriedOut.set(mail);
    }

    /** Whether this thread carries out a decision on a registration. */
    boolean carriesOut() {
        return carriedOut.get() != null;
    }

    /** Called when the user store refuses an approved user: the server itself only notes that the request has failed. */
    void lookIntoFailure() {
        OutgoingMail mail = carriedOut.get();
        if (mail != null) {
            carriedOut.remove();
            mails.expedite(mail);
        }
    }

    @Override
    public void doPostHandleCallback(String relationshipId, String status, Map<String, Object> parameters)
            throws WorkflowException {
        carriedOut.remove();
        WorkflowRequest request = pending.byRelationship(relationshipId);
        if (request == null) {
            return;
        }
        OutgoingMail mail = ofDecision(request, status, parameters);
        String outcome = pending.status(request.getUuid());
        if (status.equals(outcome)) {
            finish(
                    PendingRequests.describe(request),
                    status,
                    reason(parameters),
                    tenantDomain(),
                    RequestCorrelation.current());
            if (mail != null) {
                mails.release(mail);
            }
        } else if (mail != null) {
            // Another workflow of the same request has not decided yet.
            mails.discard(mail);
        }
    }

    /** Finishes a request or a decision that the server was working on when it stopped; see {@link MailOutbox.Decisions}. */
    boolean complete(OutgoingMail mail) throws WorkflowException {
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain(mail.tenantDomain(), true);
            return mail.kind() == MailKind.RECEIVED ? completeRequest(mail) : completeDecision(mail);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private boolean completeRequest(OutgoingMail mail) throws WorkflowException {
        Registration registration = mail.registration();
        String status = pending.status(registration.requestId());
        if (!WorkflowRequestStatus.PENDING.toString().equals(status)) {
            return WorkflowRequestStatus.APPROVED.toString().equals(status)
                    || WorkflowRequestStatus.REJECTED.toString().equals(status);
        }
        if (!pending.isBeforeApprovers(registration.requestId())) {
            pending.fail(registration.requestId());
            LOG.warn("Request " + registration.requestId()
                    + " was not put before the approvers when the server stopped, and is given up");
            return false;
        }
        takeIn(registration, CarbonContext.getThreadLocalCarbonContext().getTenantId(), mail.correlationId());
        return true;
    }

    private boolean completeDecision(OutgoingMail mail) throws WorkflowException {
        String status = (mail.kind() == MailKind.APPROVED
                        ? WorkflowRequestStatus.APPROVED
                        : WorkflowRequestStatus.REJECTED)
                .toString();
        String requestId = mail.registration().requestId();
        String outcome = pending.status(requestId);
        if (WorkflowRequestStatus.PENDING.toString().equals(outcome) && !relations.isOpen(requestId)) {
            // The server stopped between taking the decision and carrying it out.
            pending.fail(requestId);
            outcome = WorkflowRequestStatus.FAILED.toString();
        }
        if (WorkflowRequestStatus.FAILED.toString().equals(outcome)) {
            tellFailure(mail.registration(), mail.correlationId());
            return false;
        }
        if (!status.equals(outcome)) {
            return false;
        }
        finish(mail.registration(), status, mail.reason(), mail.tenantDomain(), mail.correlationId());
        return true;
    }

    private void finish(Registration registration, String status, String reason, String tenant, String correlationId)
            throws WorkflowException {
        if (WorkflowRequestStatus.APPROVED.toString().equals(status)) {
            giveRole(registration, tenant);
            audit(Action.APPROVED, registration, null, correlationId);
        } else if (WorkflowRequestStatus.REJECTED.toString().equals(status)) {
            audit(Action.REJECTED, registration, reason, correlationId);
        }
    }

    /** The request ends without an account. */
    void tellFailure(Registration registration, String correlationId) {
        audit(Action.FAILED, registration, null, correlationId);
        OutgoingMail failed = toApplicant(MailKind.FAILED, registration, null, tenantDomain());
        if (failed != null) {
            mails.send(failed);
        }
        for (String mail : administratorMails()) {
            mails.send(new OutgoingMail(
                    MailKind.NOT_CARRIED_OUT, mail, registration, null, tenantDomain(), correlationId));
        }
    }

    private static String reason(Map<String, Object> parameters) {
        Object reason = parameters == null ? null : parameters.get(REASON);
        return reason == null ? null : reason.toString();
    }

    /** The email that tells the applicant of a decision, or null when there is nothing to tell or no address. */
    private static OutgoingMail ofDecision(WorkflowRequest request, String status, Map<String, Object> parameters) {
        Registration registration = PendingRequests.describe(request);
        if (WorkflowRequestStatus.APPROVED.toString().equals(status)) {
            return toApplicant(MailKind.APPROVED, registration, null, tenantDomain());
        }
        return WorkflowRequestStatus.REJECTED.toString().equals(status)
                ? toApplicant(MailKind.REJECTED, registration, reason(parameters), tenantDomain())
                : null;
    }

    private static OutgoingMail toApplicant(MailKind kind, Registration registration, String reason, String tenant) {
        return registration.mail().isEmpty()
                ? null
                : new OutgoingMail(
                        kind, registration.mail(), registration, reason, tenant, RequestCorrelation.current());
    }

    private void giveRole(Registration registration, String tenant) throws WorkflowException {
        String name = registration.userStore() + "/" + registration.userName();
        try {
            AbstractUserStoreManager store = users.store(tenant);
            String id = store.getUserIDFromUserName(name);
            roles.grant(settings.customerRole(), new Roles.UserRef(id, name), tenant);
        } catch (Roles.RoleException | UserStoreException failed) {
            throw new WorkflowException(
                    "User " + name + " was created but has no role " + settings.customerRole() + "; assign it by hand",
                    failed);
        }
    }

    private void audit(Action action, Registration registration, String reason, String correlationId) {
        CarbonConstants.AUDIT_LOG.info(
                AuditRecord.of(clock.instant(), actor(), action, registration, reason, correlationId));
    }

    /** Unless the server does so itself: administrators should not get two emails. */
    private void tellAdministrators(Registration registration, int tenantId, String correlationId) {
        if (serverTellsApprovers(tenantId)) {
            return;
        }
        for (String mail : administratorMails()) {
            mails.send(new OutgoingMail(MailKind.WAITING, mail, registration, null, tenantDomain(), correlationId));
        }
    }

    private boolean serverTellsApprovers(int tenantId) {
        try {
            return workflows.tellApprovers(tenantId);
        } catch (WorkflowException failed) {
            // Two emails are better than none.
            LOG.warn("Whether the server tells approvers itself cannot be read", failed);
            return false;
        }
    }

    private List<String> administratorMails() {
        if (!settings.administratorMails().isEmpty()) {
            return settings.administratorMails();
        }
        List<String> found = new ArrayList<>();
        String tenant = tenantDomain();
        try {
            for (String id : roles.members(settings.approverRole(), tenant)) {
                if (users.isActive(id, tenant)) {
                    users.mail(id, tenant).ifPresent(found::add);
                }
            }
        } catch (Roles.RoleException | UserStoreException failed) {
            LOG.warn("The administrators cannot be notified of a new registration", failed);
        }
        return found;
    }

    private static String actor() {
        CurrentSignUp signUp = CurrentSignUp.get();
        if (signUp != null && signUp.client() != null) {
            // The server's own context names the owner of the application, who did nothing.
            return signUp.client();
        }
        CarbonContext context = CarbonContext.getThreadLocalCarbonContext();
        return context.getUsername() != null ? context.getUsername() : context.getUserId();
    }

    private static String tenantDomain() {
        return CarbonContext.getThreadLocalCarbonContext().getTenantDomain();
    }
}
