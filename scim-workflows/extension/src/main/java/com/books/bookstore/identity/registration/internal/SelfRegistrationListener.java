package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.ApplicantKey;
import com.books.bookstore.identity.registration.RegistrationRefusedException;
import com.books.bookstore.identity.registration.RegistrationRefusedException.Reason;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy.Outcome;
import com.books.bookstore.identity.registration.SignUp;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wso2.carbon.context.CarbonContext;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/**
 * Runs before the server's workflow listener and turns a customer's SCIM sign-up into a self-registration: the flow
 * REGISTER gets the persona USER, on which the workflow listener raises SELF_REGISTER_USER.
 *
 * <p>Stands at order 7: listeners sit in a map keyed by their order, in which the workflow listener has 10 and 9 is
 * taken. The server may call both variants for one user; the second finds the persona set and does nothing.
 */
final class SelfRegistrationListener extends NewUserListener {

    static final int ORDER = 7;

    /** The code of a duplicate user in scim2 of Identity Server 7.2 and 7.3. */
    private static final String DUPLICATE = "UCM-60001";

    private final SelfRegistrationPolicy policy;
    private final ApprovalWorkflows workflows;
    private final PendingRequests pending;
    private final Users users;
    private final Reservations reservations;
    private final BooleanSupplier approving;

    /** @param approving whether this thread carries out the approval of a registration */
    SelfRegistrationListener(
            SelfRegistrationPolicy policy,
            ApprovalWorkflows workflows,
            PendingRequests pending,
            Users users,
            Reservations reservations,
            BooleanSupplier approving) {
        super(ORDER);
        this.policy = policy;
        this.workflows = workflows;
        this.pending = pending;
        this.users = users;
        this.reservations = reservations;
        this.approving = approving;
    }

    @Override
    void beforeNewUser(String userName, String[] roleList, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException {
        if (approving.getAsBoolean()) {
            refuseTakenAddress(claims, (AbstractUserStoreManager) store);
        }
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        if (CurrentSignUp.get() != null || Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            return;
        }
        Set<String> clients = CallingApplication.names();
        SignUp signUp = new SignUp(
                FlowOrigin.of(flow, clients),
                clients,
                CarbonContext.getThreadLocalCarbonContext().getTenantDomain(),
                UserCoreUtil.getDomainName(store.getRealmConfiguration()),
                userName,
                claims == null ? null : claims.get(Users.MAIL_CLAIM),
                personNames(claims),
                roleList == null ? 0 : roleList.length);
        try {
            if (policy.decide(signUp) == Outcome.WAITS_FOR_APPROVAL) {
                requireWorkflow((AbstractUserStoreManager) store);
                claims.put(Users.MAIL_CLAIM, signUp.mail().toLowerCase(Locale.ROOT));
                List<ApplicantKey> reserved = refuseDuplicates(signUp, (AbstractUserStoreManager) store);
                CurrentSignUp.begin(
                        enterSelfRegistration(flow),
                        clients.isEmpty() ? null : clients.iterator().next(),
                        reserved);
            }
        } catch (RegistrationRefusedException refused) {
            throw answer(refused);
        } catch (WorkflowException unknown) {
            throw new UserStoreException("Registration is not available now. Try again later.", unknown);
        }
    }

    /** While the registration waited, an administrator may have given its address to another user. */
    private void refuseTakenAddress(Map<String, String> claims, AbstractUserStoreManager store)
            throws UserStoreException {
        String mail = claims == null ? null : claims.get(Users.MAIL_CLAIM);
        if (mail != null && users.hasMail(store, mail)) {
            throw new UserStoreClientException("The email address belongs to another user by now.", DUPLICATE);
        }
    }

    private static List<String> personNames(Map<String, String> claims) {
        return claims == null
                ? Collections.emptyList()
                : Stream.of(Users.GIVEN_NAME_CLAIM, Users.FAMILY_NAME_CLAIM)
                        .map(claims::get)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toList());
    }

    /** Before anything is reserved: while no workflow decides, a registration can only be refused. */
    private void requireWorkflow(AbstractUserStoreManager store)
            throws RegistrationRefusedException, WorkflowException, UserStoreException {
        if (!workflows.decideOnSelfRegistration(store.getTenantId())) {
            throw new RegistrationRefusedException(
                    Reason.NOT_AVAILABLE, "Registration is not available now: no enabled workflow decides on it.");
        }
    }

    /** @return the flow in which the server's workflow listener raises SELF_REGISTER_USER */
    private static Flow enterSelfRegistration(Flow flow) {
        IdentityContext context = IdentityContext.getThreadLocalIdentityContext();
        if (flow != null) {
            context.exitFlow();
        }
        Flow selfRegistration = new Flow.Builder()
                .name(Flow.Name.REGISTER)
                .initiatingPersona(Flow.InitiatingPersona.USER)
                .build();
        context.enterFlow(selfRegistration);
        return context.getCurrentFlow();
    }

    private static UserStoreException answer(RegistrationRefusedException refused) {
        if (refused.isConflict()) {
            // Identity Server answers 409 to a client exception with this code, on every version.
            return new UserStoreClientException(refused.getMessage(), DUPLICATE);
        }
        return refused.reason() == Reason.NOT_AVAILABLE
                // A plain exception: the caller is told that the server failed, and may try again.
                ? new UserStoreException(refused.getMessage())
                : new UserStoreClientException(
                        refused.getMessage(), refused.reason().name());
    }

    /** @return what is reserved for the sign-up now */
    private List<ApplicantKey> refuseDuplicates(SignUp signUp, AbstractUserStoreManager store)
            throws RegistrationRefusedException, WorkflowException, UserStoreException {
        ApplicantKey name = ApplicantKey.ofName(signUp.userStore(), signUp.userName());
        ApplicantKey mail = ApplicantKey.ofMail(signUp.mail());
        List<ApplicantKey> keys = Arrays.asList(name, mail);
        if (!reservations.reserve(keys)) {
            throw new RegistrationRefusedException(
                    Reason.NAME_TAKEN, "Another registration with this user name or email address has just arrived.");
        }
        boolean free = false;
        try {
            int tenantId = store.getTenantId();
            if (store.isExistingUser(signUp.userName()) || pending.waits(name, tenantId)) {
                throw new RegistrationRefusedException(
                        Reason.NAME_TAKEN,
                        "The user name belongs to a user or to a registration that waits for approval.");
            }
            if (users.hasMail(store, signUp.mail()) || pending.waits(mail, tenantId)) {
                throw new RegistrationRefusedException(
                        Reason.MAIL_TAKEN,
                        "The email address belongs to a user or to a registration that waits for approval.");
            }
            free = true;
            return keys;
        } finally {
            if (!free) {
                reservations.release(keys);
            }
        }
    }
}
