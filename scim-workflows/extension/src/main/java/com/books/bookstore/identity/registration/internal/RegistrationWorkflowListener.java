package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.AuditRecord;
import com.books.bookstore.identity.registration.AuditRecord.Action;
import com.books.bookstore.identity.registration.Registration;
import com.books.bookstore.identity.registration.RegistrationSettings;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.mail.MailKind;
import com.books.bookstore.identity.registration.mail.MailQueue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.CarbonConstants;
import org.wso2.carbon.context.CarbonContext;
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
 * customer his role, writes the audit record and sends the mails.
 */
final class RegistrationWorkflowListener extends AbstractWorkflowExecutorManagerListener {

    /** Under this name an approval engine may hand over the administrator's words; Identity Server 7.2 has none. */
    static final String REASON = "reason";

    private static final Log LOG = LogFactory.getLog(RegistrationWorkflowListener.class);

    private final RegistrationSettings settings;
    private final PendingRequests pending;
    private final Users users;
    private final Roles roles;
    private final Reservations reservations;
    private final MailQueue mails;
    private final Clock clock;

    RegistrationWorkflowListener(RegistrationSettings settings, PendingRequests pending, Users users, Roles roles,
                                 Reservations reservations, MailQueue mails, Clock clock) {
        this.settings = settings;
        this.pending = pending;
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

    @Override
    public void doPostExecuteWorkflow(WorkflowRequest request, WorkflowExecutorResult result) throws WorkflowException {
        if (!PendingRequests.SELF_REGISTER_USER.equals(request.getEventType())
                || result.getExecutorResultState() != ExecutorResultState.STARTED_ASSOCIATION) {
            return;
        }
        Registration registration = PendingRequests.describe(request);
        pending.hold(request.getUuid(), PendingRequests.keys(registration), request.getTenantId());
        reservations.release(PendingRequests.keys(registration));
        audit(Action.REQUESTED, registration, null);
        tellApplicant(MailKind.RECEIVED, registration, null);
        tellAdministrators(registration);
    }

    @Override
    public void doPostHandleCallback(String relationshipId, String status, Map<String, Object> parameters)
            throws WorkflowException {
        WorkflowRequest request = pending.byRelationship(relationshipId);
        if (request == null) {
            return;
        }
        Registration registration = PendingRequests.describe(request);
        String outcome = pending.status(request.getUuid());
        if (WorkflowRequestStatus.APPROVED.toString().equals(outcome)) {
            giveRole(registration);
            audit(Action.APPROVED, registration, null);
            tellApplicant(MailKind.APPROVED, registration, null);
        } else if (WorkflowRequestStatus.REJECTED.toString().equals(outcome)) {
            Object reason = parameters == null ? null : parameters.get(REASON);
            String words = reason == null ? null : reason.toString();
            audit(Action.REJECTED, registration, words);
            tellApplicant(MailKind.REJECTED, registration, words);
        }
    }

    private void giveRole(Registration registration) throws WorkflowException {
        String tenant = tenantDomain();
        String name = registration.userStore() + "/" + registration.userName();
        try {
            AbstractUserStoreManager store = users.store(tenant);
            String id = store.getUserIDFromUserName(name);
            roles.grant(settings.customerRole(), new Roles.UserRef(id, name), tenant);
        } catch (Roles.RoleException | UserStoreException failed) {
            throw new WorkflowException("User " + name + " was created but has no role " + settings.customerRole()
                    + "; assign it by hand", failed);
        }
    }

    private void audit(Action action, Registration registration, String reason) {
        CarbonConstants.AUDIT_LOG.info(AuditRecord.of(clock.instant(), actor(), action, registration, reason));
    }

    private void tellApplicant(MailKind kind, Registration registration, String reason) {
        if (!registration.mail().isEmpty()) {
            mails.send(kind, registration.mail(), registration, reason);
        }
    }

    private void tellAdministrators(Registration registration) {
        for (String mail : administratorMails()) {
            mails.send(MailKind.WAITING, mail, registration, null);
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
                users.mail(id, tenant).ifPresent(found::add);
            }
        } catch (Roles.RoleException | UserStoreException failed) {
            LOG.warn("The administrators cannot be told of a new registration", failed);
        }
        return found;
    }

    private static String actor() {
        CarbonContext context = CarbonContext.getThreadLocalCarbonContext();
        return context.getUsername() != null ? context.getUsername() : context.getUserId();
    }

    private static String tenantDomain() {
        return CarbonContext.getThreadLocalCarbonContext().getTenantDomain();
    }
}
