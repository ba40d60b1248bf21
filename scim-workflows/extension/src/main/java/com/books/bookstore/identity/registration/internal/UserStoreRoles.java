package com.books.bookstore.identity.registration.internal;

import java.util.ArrayList;
import java.util.List;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.common.User;

/** The roles of the plain Carbon kernel: internal roles kept beside the user store. */
final class UserStoreRoles implements Roles {

    private static final String INTERNAL = "Internal/";

    private final Users users;

    UserStoreRoles(Users users) {
        this.users = users;
    }

    @Override
    public String ensure(String role, String tenantDomain) throws RoleException {
        try {
            AbstractUserStoreManager store = users.store(tenantDomain);
            if (!store.isExistingRole(INTERNAL + role, false)) {
                store.addRoleWithID(INTERNAL + role, new String[0], null, false);
            }
            return INTERNAL + role;
        } catch (UserStoreException failed) {
            throw new RoleException("Role " + role + " can neither be found nor created", failed);
        }
    }

    @Override
    public void grant(String role, UserRef user, String tenantDomain) throws RoleException {
        try {
            AbstractUserStoreManager store = users.store(tenantDomain);
            if (!store.getRoleListOfUserWithID(user.id).contains(INTERNAL + role)) {
                store.updateRoleListOfUserWithID(user.id, new String[0], new String[] {INTERNAL + role});
            }
        } catch (UserStoreException failed) {
            throw new RoleException("Role " + role + " cannot be given to " + user.qualifiedName, failed);
        }
    }

    @Override
    public List<String> members(String role, String tenantDomain) throws RoleException {
        try {
            List<String> ids = new ArrayList<>();
            for (User user : users.store(tenantDomain).getUserListOfRoleWithID(INTERNAL + role)) {
                ids.add(user.getUserID());
            }
            return ids;
        } catch (UserStoreException failed) {
            throw new RoleException("The members of role " + role + " cannot be read", failed);
        }
    }
}
