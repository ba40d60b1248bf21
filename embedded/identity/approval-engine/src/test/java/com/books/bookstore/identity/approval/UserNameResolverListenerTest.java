package com.books.bookstore.identity.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.core.AbstractIdentityUserOperationEventListener;
import org.wso2.carbon.user.core.UserStoreManager;

/** A user with an id is created: the listeners that know users by name only hear of it, as on Identity Server. */
class UserNameResolverListenerTest {

    private final List<Integer> called = new ArrayList<>();

    private final class Named extends AbstractIdentityUserOperationEventListener {

        private final int order;
        private final boolean goOn;

        Named(int order, boolean goOn) {
            this.order = order;
            this.goOn = goOn;
        }

        @Override
        public int getExecutionOrderId() {
            return order;
        }

        @Override
        public boolean doPreAddUser(
                String userName,
                Object credential,
                String[] roles,
                Map<String, String> claims,
                String profile,
                UserStoreManager store) {
            called.add(order);
            return goOn;
        }
    }

    private static boolean create(Object... listeners) throws Exception {
        UserNameResolverListener resolver = new UserNameResolverListener(() -> listeners);
        assertThat(resolver.getExecutionOrderId()).isEqualTo(14);
        return resolver.doPreAddUserWithID("jane", "secret", new String[0], Map.of(), "default", null);
    }

    @Test
    void listenersAreCalledInTheirOrder() throws Exception {
        assertThat(create(new Named(20, true), new Named(7, true), new Named(10, true)))
                .isTrue();
        assertThat(called).containsExactly(7, 10, 20);
    }

    /** The workflow's listener answers so when the user waits. */
    @Test
    void theFirstThatHoldsTheUserBackEndsIt() throws Exception {
        assertThat(create(new Named(20, true), new Named(10, false), new Named(7, true)))
                .isFalse();
        assertThat(called).containsExactly(7, 10);
    }

    @Test
    void withoutListenersTheUserIsCreated() throws Exception {
        assertThat(new UserNameResolverListener(() -> null)
                        .doPreAddUserWithID("jane", "secret", new String[0], Map.of(), "default", null))
                .isTrue();
    }
}
