package com.books.bookstore.identity.approval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.user.core.UserStoreException;
import org.wso2.carbon.user.core.UserStoreManager;
import org.wso2.carbon.user.core.listener.UserOperationEventListener;

/**
 * Calls the listeners that know users by name only when a user with an id is created, one after another, as IdentityUserNameResolverListener
 * of Identity Server does, at its place: order 14. By this way the workflow listener hears of a new user; listeners that know both
 * kinds are called twice. The other events of that listener are not needed here.
 */
final class UserNameResolverListener extends AbstractIdentityUserOperationEventListener {

    private static final int ORDER = 14;

    private final Supplier<Object[]> listeners;

    /** @param listeners all listeners of the server at the moment, or null for none */
    UserNameResolverListener(Supplier<Object[]> listeners) {
        this.listeners = listeners;
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
    public boolean doPreAddUserWithID(
            String userName,
            Object credential,
            String[] roles,
            Map<String, String> claims,
            String profile,
            UserStoreManager store)
            throws UserStoreException {
        for (UserOperationEventListener listener : inOrder()) {
            if (!listener.doPreAddUser(userName, credential, roles, claims, profile, store)) {
                return false;
            }
        }
        return true;
    }

    private List<UserOperationEventListener> inOrder() {
        Object[] all = listeners.get();
        return Arrays.stream(all == null ? new Object[0] : all)
                .map(UserOperationEventListener.class::cast)
                .sorted(Comparator.comparing(UserOperationEventListener::getExecutionOrderId))
                .collect(Collectors.toList());
    }
}
