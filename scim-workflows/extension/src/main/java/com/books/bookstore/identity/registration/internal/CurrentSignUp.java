package com.books.bookstore.identity.registration.internal;

import com.books.bookstore.identity.registration.ApplicantKey;
import java.util.List;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.Flow;

/**
 * The sign-up that a thread works on, from the moment at which it was recognized. It belongs to one flow: a later request on the same
 * thread has another one. Immutable.
 */
final class CurrentSignUp {

    private static final ThreadLocal<CurrentSignUp> CURRENT = new ThreadLocal<>();

    private final Flow flow;
    private final String client;
    private final List<ApplicantKey> reserved;

    private CurrentSignUp(Flow flow, String client, List<ApplicantKey> reserved) {
        this.flow = flow;
        this.client = client;
        this.reserved = reserved;
    }

    /**
     * @param client   the application that signs the customer up, or null
     * @param reserved what is reserved for this sign-up
     */
    static void begin(Flow flow, String client, List<ApplicantKey> reserved) {
        CURRENT.set(new CurrentSignUp(flow, client, reserved));
    }

    /** The sign-up of this request, or null. */
    static CurrentSignUp get() {
        CurrentSignUp current = CURRENT.get();
        if (current != null
                && current.flow
                        != IdentityContext.getThreadLocalIdentityContext().getCurrentFlow()) {
            CURRENT.remove();
            return null;
        }
        return current;
    }

    static void end() {
        CURRENT.remove();
    }

    String client() {
        return client;
    }

    List<ApplicantKey> reserved() {
        return reserved;
    }
}
