package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.SignUp;
import java.util.Map;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.extension.AbstractWorkflowRequestHandler;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;

/**
 * Stands in for {@link SelfRegistrationListener} while the settings are wrong: it cannot be known whose sign-ups have to wait, so only
 * administrators create users, and the server itself. Approved requests are carried out.
 */
final class ClosedRegistrationListener extends NewUserListener {

    ClosedRegistrationListener() {
        super(SelfRegistrationListener.ORDER);
    }

    @Override
    void beforeNewUser(String userName, String[] roleList, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException {
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        SignUp.Origin origin = FlowOrigin.of(flow, CallingApplication.names());
        if (origin != SignUp.Origin.ADMINISTRATOR
                && origin != SignUp.Origin.SERVER
                && !Boolean.TRUE.equals(AbstractWorkflowRequestHandler.getWorkFlowCompleted())) {
            // A plain exception: the caller is told that the server failed, and may try again.
            throw new UserStoreException("Registration is closed until an administrator has corrected its settings.");
        }
    }
}
