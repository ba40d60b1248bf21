package com.books.bookstore.mediator.registration;

import com.books.bookstore.failure.FailureSummary;
import com.books.bookstore.identity.Approvals;
import com.books.bookstore.identity.BaseAddress;
import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.identity.ScimUsers;
import com.books.bookstore.identity.WaitingRegistrations;
import com.books.bookstore.identity.WorkflowInstances;
import com.books.bookstore.security.ConfirmationTokens;
import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RegistrationIds;
import java.net.URI;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** What the steps work with. Immutable. */
public final class RegistrationServices {

    private static final Log LOG = LogFactory.getLog(RegistrationServices.class);

    private final ScimUsers users;
    private final Approvals approvals;
    private final WorkflowInstances instances;
    private final WaitingRegistrations waiting;
    private final RegistrationIds ids;
    private final ConfirmationTokens tokens;
    private final RateLimit perEmail;
    private final String shop;
    private final String missing;

    /**
     * @param users     where people sign up
     * @param approvals where administrators decide
     * @param instances null if it may not be asked what became of requests
     * @param waiting   counts requests that wait
     * @param ids       null without a secret, like tokens
     * @param tokens    the tokens of confirmation links
     * @param perEmail  emails to one address
     * @param shop      the storefront's address; null if it is not known
     * @param missing   the setting that has to be set before anyone can register; null if there is none
     */
    public RegistrationServices(
            ScimUsers users,
            Approvals approvals,
            WorkflowInstances instances,
            WaitingRegistrations waiting,
            RegistrationIds ids,
            ConfirmationTokens tokens,
            RateLimit perEmail,
            URI shop,
            String missing) {
        this.users = users;
        this.approvals = approvals;
        this.instances = instances;
        this.waiting = waiting;
        this.ids = ids;
        this.tokens = tokens;
        this.perEmail = perEmail;
        this.shop = shop == null ? null : BaseAddress.of(shop);
        this.missing = missing;
    }

    /** @throws IdentityServerException if a setting is missing, which it names; other APIs run without */
    void requireConfiguration() {
        if (missing != null) {
            throw new IdentityServerException(missing);
        }
    }

    ScimUsers users() {
        return users;
    }

    Approvals approvals() {
        return approvals;
    }

    Optional<WorkflowInstances> instances() {
        return Optional.ofNullable(instances);
    }

    /**
     * The request of this address that waits for a decision; nothing also if the identity server does not say.
     *
     * @param warning what is logged then, before the cause
     */
    Optional<String> waitingRequest(String email, String warning) {
        try {
            return instances().flatMap(asked -> asked.waiting(email));
        } catch (IdentityServerException e) {
            LOG.warn(warning + FailureSummary.of(e));
            return Optional.empty();
        }
    }

    WaitingRegistrations waiting() {
        return waiting;
    }

    RegistrationIds ids() {
        return ids;
    }

    ConfirmationTokens tokens() {
        return tokens;
    }

    RateLimit perEmail() {
        return perEmail;
    }

    /** Without a slash at its end. */
    String shop() {
        return shop;
    }
}
