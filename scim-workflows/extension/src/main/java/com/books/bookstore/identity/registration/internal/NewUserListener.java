package com.books.bookstore.identity.registration.internal;

import java.util.Map;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;

/** Looks at every user before the user store creates it. The server may ask twice for one user: by name, and for stores with ids. */
abstract class NewUserListener extends AbstractIdentityUserOperationEventListener {

    private final int order;

    /** @param order the place among the server's listeners; smaller ones are asked first */
    NewUserListener(int order) {
        this.order = order;
    }

    /**
     * @param roles  null if the caller names none
     * @param claims null if the caller sends none
     * @throws UserStoreException if the user must not be created
     */
    abstract void beforeNewUser(String userName, String[] roles, Map<String, String> claims, UserStoreManager store)
            throws UserStoreException;

    @Override
    public final int getExecutionOrderId() {
        return order;
    }

    @Override
    public final boolean isEnable() {
        return true;
    }

    @Override
    public final boolean doPreAddUser(
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        beforeNewUser(userName, roleList, claims, store);
        return true;
    }

    @Override
    public final boolean doPreAddUserWithID(
            String userName,
            Object credential,
            String[] roleList,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        beforeNewUser(userName, roleList, claims, store);
        return true;
    }
}
