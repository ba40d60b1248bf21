package com.books.bookstore.identity.registration.internal;

import java.util.Map;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;

/**
 * Stands in for {@link SelfRegistrationListener} while the settings are wrong: it cannot be known whose sign-ups have to wait, so no
 * application creates users. Administrators do, and approved requests are carried out.
 */
final class ClosedRegistrationListener extends AbstractIdentityUserOperationEventListener {

    @Override
    public int getExecutionOrderId() {
        return SelfRegistrationListener.ORDER;
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
        refuseApplications();
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
        refuseApplications();
        return true;
    }

    private static void refuseApplications() throws UserStoreException {
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        if (flow != null
                && flow.getInitiatingPersona() == Flow.InitiatingPersona.APPLICATION
                && !Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            throw new UserStoreClientException(
                    "Registration is closed until an administrator has corrected its settings.", "REGISTRATION_CLOSED");
        }
    }
}
