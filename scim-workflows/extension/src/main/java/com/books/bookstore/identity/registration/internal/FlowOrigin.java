package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.SignUp;
import java.util.Set;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;

/** Who creates a user, as far as Identity Server's flow and actor prove it. */
final class FlowOrigin {

    private FlowOrigin() {}

    /**
     * @param flow    the flow of the request, or null
     * @param clients the names of the calling application; empty when the server knows none
     */
    static SignUp.Origin of(Flow flow, Set<String> clients) {
        Flow.InitiatingPersona persona = flow == null ? null : flow.getInitiatingPersona();
        if (persona == Flow.InitiatingPersona.APPLICATION) {
            return SignUp.Origin.APPLICATION;
        }
        if (persona == Flow.InitiatingPersona.USER && flow.getName() == Flow.Name.REGISTER) {
            return SignUp.Origin.REGISTRATION_PAGE;
        }
        if (persona == Flow.InitiatingPersona.ADMIN
                && IdentityContext.getThreadLocalIdentityContext().isUserActor()) {
            return SignUp.Origin.ADMINISTRATOR;
        }
        if (persona == Flow.InitiatingPersona.SYSTEM
                || (flow != null && flow.getName() == Flow.Name.JUST_IN_TIME_PROVISION)) {
            return SignUp.Origin.SERVER;
        }
        // The server's own context names the owner of an application, so that its user name proves nothing.
        return clients.isEmpty() ? SignUp.Origin.UNKNOWN : SignUp.Origin.APPLICATION;
    }
}
