package com.books.bookstore.mediator.registration;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.WrongArtifactException;
import org.apache.synapse.MessageContext;

/** The administrator who asks. The identity server is asked in the same name: the bearer token goes along, and nothing else of the request. */
final class Administrator {

    private Administrator() {}

    /** The Authorization header. To be used behind {@link com.books.bookstore.mediator.AuthorizationMediator}. */
    static String authorization(MessageContext message) {
        String authorization = new HttpRequest(message).header("Authorization");
        if (authorization == null) {
            throw new WrongArtifactException(
                    "There is no access token. Put AuthorizationMediator before this mediator, and let the gateway pass access tokens on"
                            + " (enable_outbound_auth_header of API Manager)");
        }
        return authorization;
    }
}
