package com.books.bookstore.identity.registration.internal;

import java.lang.reflect.Field;
import java.util.LinkedHashSet;
import java.util.Set;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.ApplicationActor;
import org.wso2.carbon.identity.core.util.IdentityUtil;

/**
 * The application whose request a thread works on. Identity Server knows it by client id in the actor of the request, and by name only
 * when it could look the application up; so both count.
 */
final class CallingApplication {

    /** Where Identity Server's authentication valve puts the application's name, when it has found the application. */
    private static final String NAME = "serviceProvider";
    /** The field of the actor with the client id. It has no accessor in the frameworks of Identity Server 7.2 and 7.3. */
    private static final String CLIENT_ID = "entityId";

    private CallingApplication() {}

    /** Client id and names; empty when the server knows none. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        add(names, IdentityUtil.threadLocalProperties.get().get(NAME));
        ApplicationActor actor = IdentityContext.getThreadLocalIdentityContext().getApplicationActor();
        if (actor != null) {
            add(names, clientId(actor));
            add(names, actor.getApplicationName());
        }
        return names;
    }

    private static Object clientId(ApplicationActor actor) {
        try {
            Field field = ApplicationActor.class.getDeclaredField(CLIENT_ID);
            field.setAccessible(true);
            return field.get(actor);
        } catch (ReflectiveOperationException | RuntimeException unknownHere) {
            // Another framework. Without any name the sign-up is refused, so nothing opens.
            return null;
        }
    }

    private static void add(Set<String> names, Object name) {
        if (name != null && !name.toString().isEmpty()) {
            names.add(name.toString());
        }
    }
}
