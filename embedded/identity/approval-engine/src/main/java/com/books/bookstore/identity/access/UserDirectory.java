package com.books.bookstore.identity.access;

import com.books.bookstore.identity.passwords.PasswordHashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;
import org.wso2.carbon.user.core.common.AuthenticationResult;
import org.wso2.carbon.user.core.service.RealmService;
import org.wso2.carbon.user.core.util.DatabaseUtil;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/** The users of the kernel's primary tenant. Thread-safe. */
public final class UserDirectory {

    private static final Log LOG = LogFactory.getLog(UserDirectory.class);
    private static final String USER_NAME_CLAIM = "http://wso2.org/claims/username";
    private static final String DISABLED_CLAIM = "http://wso2.org/claims/identity/accountDisabled";
    private static final String PROFILE = "default";
    private static final int SUPER_TENANT = -1234;
    private static final String EVERYONE = "everyone";
    private static final int SECONDS_FOR_AN_ANSWER = 5;

    private final RealmService realms;

    public UserDirectory(RealmService realms) {
        this.realms = realms;
    }

    public AbstractUserStoreManager store() throws UserStoreException {
        return (AbstractUserStoreManager)
                realms.getTenantUserRealm(SUPER_TENANT).getUserStoreManager();
    }

    /**
     * Checks a user name and password.
     *
     * @return id of the active user, or null when name or password is wrong, or the user is not active
     * @throws UserStoreException when that cannot be told because the user store does not answer
     */
    public String authenticate(String userName, String password) throws UserStoreException {
        String normal = Credentials.normalize(password);
        if (!Credentials.isUserName(userName) || !normal.equals(normal.strip())) {
            return null;
        }
        AbstractUserStoreManager store = store();
        if (!store.isExistingUser(userName)) {
            // Costs as much as a wrong password, so that the time does not tell whether there is such a user.
            store.authenticateWithID(
                    USER_NAME_CLAIM, store.getRealmConfiguration().getAdminUserName(), normal, PROFILE);
            return null;
        }
        AuthenticationResult result = store.authenticateWithID(USER_NAME_CLAIM, userName, normal, PROFILE);
        String id = result.getAuthenticationStatus() == AuthenticationResult.AuthenticationStatus.SUCCESS
                        && result.getAuthenticatedUser().isPresent()
                ? result.getAuthenticatedUser().get().getUserID()
                : null;
        if (id == null) {
            requireDatabase(database());
            return null;
        }
        if (!isActive(id)) {
            return null;
        }
        renewHash(id, normal, store);
        return id;
    }

    /** The store reports a failure of its database like a wrong password: whether the database answers tells them apart. */
    static void requireDatabase(DataSource database) throws UserStoreException {
        try (Connection connection = database.getConnection()) {
            if (!connection.isValid(SECONDS_FOR_AN_ANSWER)) {
                throw new UserStoreException("The database of the user store does not answer");
            }
        } catch (SQLException failed) {
            throw new UserStoreException("The database of the user store does not answer", failed);
        }
    }

    /** A password from before PBKDF2 is hashed anew as soon as it is known. */
    private void renewHash(String id, String password, AbstractUserStoreManager store) throws UserStoreException {
        if (PasswordHashes.isCurrent(storedPassword(id).split("\n", 2)[0])) {
            return;
        }
        try {
            store.updateCredentialByAdminWithID(id, password);
            LOG.info("The password of user " + id + " is stored as PBKDF2 now.");
        } catch (UserStoreException refused) {
            LOG.warn(
                    "The password of user " + id + " is still stored as before; the next sign-in tries again.",
                    refused);
        }
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

    /** The database of the user store. */
    public DataSource database() throws UserStoreException {
        return DatabaseUtil.getRealmDataSource(store().getRealmConfiguration());
    }

    /** The stored hash of a user's password with its salt, or an empty text when there is no such user. Not to leave this server. */
    public String storedPassword(String userId) throws UserStoreException {
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT UM_USER_PASSWORD, UM_SALT_VALUE FROM UM_USER WHERE UM_USER_ID = ? AND UM_TENANT_ID = ?")) {
            statement.setString(1, userId);
            statement.setInt(2, SUPER_TENANT);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) + "\n" + rows.getString(2) : "";
            }
        } catch (SQLException failed) {
            throw new UserStoreException("The stored password of a user cannot be read", failed);
        }
    }

    public String name(String userId) throws UserStoreException {
        return UserCoreUtil.removeDomainFromName(store().getUserNameFromUserID(userId));
    }
}
