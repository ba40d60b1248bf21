package com.books.bookstore.identity.approval;

import java.util.Map;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.user.core.UserCoreConstants;
import org.wso2.carbon.user.core.UserStoreClientException;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;
import org.wso2.carbon.user.core.constants.UserCoreErrorConstants.ErrorMessages;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/**
 * Raises SELF_REGISTER_USER for a self-registration, at the place and with the condition that Identity Server's
 * own workflow listener has: order 10, flow REGISTER, persona USER. Like that one it knows users by name only, so that
 * {@link UserNameResolverListener} calls it.
 */
final class UserCreationListener extends AbstractIdentityUserOperationEventListener {

    private static final int ORDER = 10;

    private final SelfRegistrationRequest registration;

    UserCreationListener(SelfRegistrationRequest registration) {
        this.registration = registration;
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
            String[] roles,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        Flow flow = IdentityContext.getThreadLocalIdentityContext().getCurrentFlow();
        if (flow == null
                || flow.getName() != Flow.Name.REGISTER
                || flow.getInitiatingPersona() != Flow.InitiatingPersona.USER) {
            return true;
        }
        try {
            if (!registration.isAssociated()) {
                return true;
            }
            // Later, when the user store itself would look at them, the applicant is gone.
            require(
                    store,
                    UserCoreConstants.RealmConfig.PROPERTY_USER_NAME_JAVA_REG_EX,
                    userName,
                    ErrorMessages.ERROR_CODE_INVALID_USER_NAME);
            require(
                    store,
                    UserCoreConstants.RealmConfig.PROPERTY_JAVA_REG_EX,
                    String.valueOf(credential),
                    ErrorMessages.ERROR_CODE_INVALID_PASSWORD);
            return registration.start(
                    UserCoreUtil.getDomainName(store.getRealmConfiguration()),
                    userName,
                    credential,
                    roles,
                    claims,
                    profile);
        } catch (WorkflowException failed) {
            throw new UserStoreException(failed.getMessage(), failed);
        }
    }

    private static void require(UserStoreManager store, String property, String text, ErrorMessages otherwise)
            throws UserStoreClientException {
        String pattern = store.getRealmConfiguration().getUserStoreProperty(property);
        if (pattern != null && !text.matches(pattern)) {
            throw new UserStoreClientException(
                    otherwise == ErrorMessages.ERROR_CODE_INVALID_PASSWORD
                            ? "The password does not follow the policy " + pattern
                            : "The user name does not follow the policy " + pattern,
                    otherwise.getCode());
        }
    }
}
