package com.books.bookstore.identity.access;

import java.util.LinkedHashSet;
import java.util.Set;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.common.AuthenticationResult;
import org.wso2.carbon.user.core.service.RealmService;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/** The users of the kernel's primary tenant. Thread-safe. */
public final class UserDirectory {

    private static final String USER_NAME_CLAIM = "http://wso2.org/claims/username";
    private static final String DISABLED_CLAIM = "http://wso2.org/claims/identity/accountDisabled";
    private static final String PROFILE = "default";
    private static final int SUPER_TENANT = -1234;
    private static final String EVERYONE = "everyone";

    private final RealmService realms;

    public UserDirectory(RealmService realms) {
        this.realms = realms;
    }

    public AbstractUserStoreManager store() throws UserStoreException {
        return (AbstractUserStoreManager)
                realms.getTenantUserRealm(SUPER_TENANT).getUserStoreManager();
    }

    /** @return id of the active user, or null when name or password is wrong, or the user is not active */
    public String authenticate(String userName, String password) throws UserStoreException {
        String normal = Credentials.normalize(password);
        if (!Credentials.isUserName(userName) || !normal.equals(normal.strip())) {
            return null;
        }
        AuthenticationResult result = store().authenticateWithID(USER_NAME_CLAIM, userName, normal, PROFILE);
        String id = result.getAuthenticationStatus() == AuthenticationResult.AuthenticationStatus.SUCCESS
                        && result.getAuthenticatedUser().isPresent()
                ? result.getAuthenticatedUser().get().getUserID()
                : null;
        return id != null && isActive(id) ? id : null;
    }

    /** Whether there is a user with this id who may sign in. */
    public boolean isActive(String userId) throws UserStoreException {
        return store().isExistingUserWithID(userId)
                && !"true".equals(store().getUserClaimValueWithID(userId, DISABLED_CLAIM, PROFILE));
    }

    /** Roles without their domain, and without the one that all users have. */
    public Set<String> roles(String userId) throws UserStoreException {
        Set<String> roles = new LinkedHashSet<>();
        for (String role : store().getRoleListOfUserWithID(userId)) {
            String name = UserCoreUtil.removeDomainFromName(role);
            if (!EVERYONE.equals(name)) {
                roles.add(name);
            }
        }
        return roles;
    }

    public String name(String userId) throws UserStoreException {
        return UserCoreUtil.removeDomainFromName(store().getUserNameFromUserID(userId));
    }
}
