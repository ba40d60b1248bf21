package com.books.bookstore.identity.registration;

import java.util.regex.Pattern;

/**
 * Decides whether a user about to be created registers himself, and so has to wait for an administrator.
 *
 * <p>Identity Server raises its SELF_REGISTER_USER workflow only for its own registration pages: a sign-up through SCIM
 * is entered with the persona of the calling application. This policy says which of those are customers. Thread-safe.
 */
public final class SelfRegistrationPolicy {

    /** What happens to a user about to be created. */
    public enum Outcome {
        /** Somebody with the right to create users creates one: go ahead. */
        NOT_SELF_REGISTRATION,
        /** A customer registers: raise the workflow. */
        WAITS_FOR_APPROVAL
    }

    /** One address, no list, no display name: what goes into a To header. Full syntax is the business of the mail server. */
    private static final Pattern MAIL = Pattern.compile("[^@\\s,;<>\"]{1,64}@[A-Za-z0-9.-]{1,255}");

    private final RegistrationSettings settings;

    public SelfRegistrationPolicy(RegistrationSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws RegistrationRefusedException when a customer asks for what no customer may have
     */
    public Outcome decide(SignUp signUp) throws RegistrationRefusedException {
        boolean selfRegistration = signUp.isRegistering()
                && signUp.client() != null
                && settings.signUpClients().contains(signUp.client())
                && settings.tenantDomains().contains(signUp.tenantDomain())
                && settings.userStores().contains(signUp.userStore());
        if (!selfRegistration) {
            return Outcome.NOT_SELF_REGISTRATION;
        }
        if (signUp.requestedRoles() > 0) {
            throw new RegistrationRefusedException(
                    RegistrationRefusedException.Reason.ROLE_REQUESTED, "A registration cannot ask for roles.");
        }
        if (signUp.mail() == null || !MAIL.matcher(signUp.mail()).matches()) {
            throw new RegistrationRefusedException(
                    RegistrationRefusedException.Reason.MAIL_MISSING, "A registration needs one valid mail address.");
        }
        return Outcome.WAITS_FOR_APPROVAL;
    }
}
