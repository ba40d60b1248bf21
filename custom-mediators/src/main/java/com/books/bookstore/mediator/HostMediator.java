package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.AllowedHosts;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/**
 * Refuses requests for hosts that are not this server's, against DNS rebinding.
 *
 * <p>In: the header {@code Host}. Problem: misdirected_request, unless the request has failed already. Thread-safe.
 */
public class HostMediator extends BookstoreMediator {

    private volatile AllowedHosts allowed = AllowedHosts.parse("");

    /** Host names separated by commas, as {@link AllowedHosts#parse} describes them. Unset: addresses and localhost only. */
    public void setAllowedHosts(String allowedHosts) {
        try {
            allowed = AllowedHosts.parse(Setting.required("allowedHosts", allowedHosts));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting 'allowedHosts' is not valid: " + e.getMessage());
        }
    }

    @Override
    void handle(MessageContext message) {
        // A fault sequence begins like a request, and must answer what has failed already.
        boolean failed = message.getProperty(MessageProperties.PROBLEM) != null
                || message.getProperty(SynapseConstants.ERROR_CODE) != null;
        if (!failed && !allowed.allows(new HttpRequest(message).header("Host"))) {
            throw new ProblemException(Problem.of(ProblemType.MISDIRECTED_REQUEST));
        }
    }
}
