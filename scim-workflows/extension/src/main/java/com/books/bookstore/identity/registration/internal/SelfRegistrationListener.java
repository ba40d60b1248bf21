package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.ApplicantKey;
import com.books.bookstore.identity.registration.RegistrationRefusedException;
import com.books.bookstore.identity.registration.RegistrationRefusedException.Reason;
import com.books.bookstore.identity.registration.Reservations;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy;
import com.books.bookstore.identity.registration.SelfRegistrationPolicy.Outcome;
import com.books.bookstore.identity.registration.SignUp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.carbon.context.CarbonContext;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.ApplicationActor;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.core.util.IdentityUtil;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.constants.UserCoreErrorConstants;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/**
 * Runs before the server's workflow listener and turns a customer's SCIM sign-up into a self-registration: the flow
 * REGISTER gets the persona USER, on which the workflow listener raises SELF_REGISTER_USER.
 *
 * <p>Stands at order 7: listeners sit in a map keyed by their order, in which the workflow listener has 10 and 9 is
 * taken. The server may call both variants for one user; the second finds the persona set and does nothing.
 */
final class SelfRegistrationListener extends AbstractIdentityUserOperationEventListener {

    static final int ORDER = 7;

    /** Where Identity Server's authentication valve leaves the name of the calling application. */
    private static final String CALLING_APPLICATION = "serviceProvider";

    private final SelfRegistrationPolicy policy;
    private final PendingRequests pending;
    private final Users users;
    private final Reservations reservations;

    SelfRegistrationListener(
            SelfRegistrationPolicy policy, PendingRequests pending, Users users, Reservations reservations) {
        this.policy = policy;
        this.pending = pending;
        this.users = users;
        this.reservations = reservations;
    }

    @Override
    public int getExecutionOrderId() {
        return ORDER;
    }

    @Override
    public boolean isEnable() {
        return true;
    }

    @Override
    public boolean doPreAddUser(
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        mark(userName, roleList, claims, store);
        return true;
    }

    @Override
    public boolean doPreAddUserWithID(
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        mark(userName, roleList, claims, store);
        return true;
    }

    private void mark(String userName, String[] roleList, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException {
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        if (flow == null
                || flow.getInitiatingPersona() == Flow.InitiatingPersona.USER
                || Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            return;
        }
        SignUp signUp = new SignUp(
                flow.getName() == Flow.Name.REGISTER,
                callingClient(),
                CarbonContext.getThreadLocalCarbonContext().getTenantDomain(),
                UserCoreUtil.getDomainName(store.getRealmConfiguration()),
                userName,
                claims == null ? null : claims.get(Users.MAIL_CLAIM),
                roleList == null ? 0 : roleList.length);
        try {
            if (policy.decide(signUp) == Outcome.WAITS_FOR_APPROVAL) {
                claims.put(Users.MAIL_CLAIM, signUp.mail().toLowerCase(Locale.ROOT));
                refuseDuplicates(signUp, (AbstractUserStoreManager) store);
                IdentityContext.getThreadLocalIdentityContext().exitFlow();
                IdentityContext.getThreadLocalIdentityContext()
                        .enterFlow(new Flow.Builder()
                                .name(Flow.Name.REGISTER)
                                .initiatingPersona(Flow.InitiatingPersona.USER)
                                .build());
            }
        } catch (RegistrationRefusedException refused) {
            if (refused.isConflict()) {
                // Identity Server answers 409 to exactly this code and to no client exception.
                throw new UserStoreException(
                        refused.getMessage(),
                        UserCoreErrorConstants.ErrorMessages.ERROR_CODE_DUPLICATE_WHILE_ADDING_A_USER.getCode());
            }
            throw new UserStoreClientException(
                    refused.getMessage(), refused.reason().name());
        } catch (WorkflowException unknown) {
            throw new UserStoreException("Cannot tell whether " + userName + " already waits for approval", unknown);
        }
    }

    private void refuseDuplicates(SignUp signUp, AbstractUserStoreManager store)
            throws RegistrationRefusedException, WorkflowException, UserStoreException {
        ApplicantKey name = ApplicantKey.ofName(signUp.userStore(), signUp.userName());
        ApplicantKey mail = ApplicantKey.ofMail(signUp.mail());
        List<ApplicantKey> keys = Arrays.asList(name, mail);
        if (!reservations.reserve(keys)) {
            throw new RegistrationRefusedException(
                    Reason.NAME_TAKEN, "Another registration for this user name or mail address has just arrived.");
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
                        "The mail address belongs to a user or to a registration that waits for approval.");
            }
            free = true;
        } finally {
            if (!free) {
                reservations.release(keys);
            }
        }
    }

    private static String callingClient() {
        Object application = IdentityUtil.threadLocalProperties.get().get(CALLING_APPLICATION);
        if (application != null) {
            return application.toString();
        }
        ApplicationActor actor = IdentityContext.getThreadLocalIdentityContext().getApplicationActor();
        return actor == null ? null : actor.getApplicationName();
    }
}
