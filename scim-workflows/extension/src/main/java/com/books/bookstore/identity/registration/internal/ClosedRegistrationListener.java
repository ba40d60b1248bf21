package com.books.bookstore.identity.registration.internal;

import java.util.Map;
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
final class ClosedRegistrationListener extends NewUserListener {

    ClosedRegistrationListener() {
        super(SelfRegistrationListener.ORDER);
    }

    @Override
    void beforeNewUser(String userName, String[] roleList, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException {
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        if (flow != null
                && flow.getInitiatingPersona() == Flow.InitiatingPersona.APPLICATION
                && !Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            throw new UserStoreClientException(
                    "Registration is closed until an administrator has corrected its settings.", "REGISTRATION_CLOSED");
        }
    }
}
