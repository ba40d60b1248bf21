package com.books.bookstore.identity.registration.internal;

import java.util.Map;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;

/**
 * Refuses a sign-up that the server's workflow listener has let pass: whatever the reason, no workflow waits for it, and the customer
 * would exist without approval.
 *
 * <p>Stands after Identity Server's workflow listener (10) and after its IdentityUserNameResolverListener (14), by way of which the
 * workflow listener is called for users with ids.
 */
final class UnapprovedUserGuard extends NewUserListener {

    private static final int ORDER = 17;

    UnapprovedUserGuard() {
        super(ORDER);
    }

    @Override
    void beforeNewUser(String userName, String[] roleList, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException {
        if (CurrentSignUp.get() != null
                && !Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            throw new UserStoreException("No workflow accepted the registration. Try again later.");
        }
    }
}
