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

    /** @return id of the user, or null when name or password is wrong */
    public String authenticate(String userName, String password) throws UserStoreException {
        AuthenticationResult result = store().authenticateWithID(USER_NAME_CLAIM, userName, password, "default");
        return result.getAuthenticationStatus() == AuthenticationResult.AuthenticationStatus.SUCCESS
                        && result.getAuthenticatedUser().isPresent()
                ? result.getAuthenticatedUser().get().getUserID()
                : null;
    }

    /** Roles without their domain, and without the one that everybody has. */
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

    /** @param subject id or name of a user @return his id, or null */
    public String find(String subject) throws UserStoreException {
        AbstractUserStoreManager store = store();
        if (store.isExistingUserWithID(subject)) {
            return subject;
        }
        return store.isExistingUser(subject) ? store.getUserIDFromUserName(subject) : null;
    }

    public String name(String userId) throws UserStoreException {
        return UserCoreUtil.removeDomainFromName(store().getUserNameFromUserID(userId));
    }
}
