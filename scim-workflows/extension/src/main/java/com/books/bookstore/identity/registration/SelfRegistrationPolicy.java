package com.books.bookstore.identity.registration;

import java.util.regex.Pattern;

/**
 * Decides whether a user about to be created is a self-registration, which has to wait for an administrator.
 *
 * <p>Identity Server raises its SELF_REGISTER_USER workflow only for its own registration pages: a sign-up through SCIM
 * is entered with the persona of the calling application. This policy says which of those are customers. Thread-safe.
 */
public final class SelfRegistrationPolicy {

    /** What happens to a user about to be created. */
    public enum Outcome {
        /** A caller with the right to create users creates one: go ahead. */
        NOT_SELF_REGISTRATION,
        /** A customer registers: raise the workflow. */
        WAITS_FOR_APPROVAL
    }

    private static final int LONGEST_MAIL = 254;
    private static final int LONGEST_NAME = 100;

    /** One address, no list, no display name, as the registration API has it: the address becomes a user name and goes into a To header. */
    private static final Pattern MAIL =
            Pattern.compile("(?=.{1,64}@)[A-Za-z0-9!#$&'+=^_~-]+(\\.[A-Za-z0-9!#$&'+=^_~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /** Names are shown to administrators, in emails and lists: nothing that is not seen but the joiners within words. */
    private static final Pattern NAME =
            Pattern.compile("[\\P{C}\\u200C\\u200D&&[^\\p{Zl}\\p{Zp}]]{0," + LONGEST_NAME + "}");

    private final RegistrationSettings settings;

    public SelfRegistrationPolicy(RegistrationSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws RegistrationRefusedException when a customer asks for what no customer may have
     */
    public Outcome decide(SignUp signUp) throws RegistrationRefusedException {
        if (signUp.clients().stream().noneMatch(settings.signUpClients()::contains) && !mayBeCustomer(signUp)) {
            return Outcome.NOT_SELF_REGISTRATION;
        }
        if (!isOffered(signUp)) {
            throw new RegistrationRefusedException(
                    RegistrationRefusedException.Reason.NOT_AVAILABLE,
                    "Registration is not configured for this tenant and user store.");
        }
        if (signUp.requestedRoles() > 0) {
            throw new RegistrationRefusedException(
                    RegistrationRefusedException.Reason.ROLE_REQUESTED, "A registration cannot ask for roles.");
        }
        for (String name : signUp.personNames()) {
            if (!NAME.matcher(name).matches()) {
                throw new RegistrationRefusedException(
                        RegistrationRefusedException.Reason.NAME_INVALID,
                        "A name has at most " + LONGEST_NAME + " characters and no control characters.");
            }
        }
        if (signUp.mail() == null
                || signUp.mail().length() > LONGEST_MAIL
                || !MAIL.matcher(signUp.mail()).matches()) {
            throw new RegistrationRefusedException(
                    RegistrationRefusedException.Reason.MAIL_MISSING, "A registration needs one valid email address.");
        }
        return Outcome.WAITS_FOR_APPROVAL;
    }

    private boolean isOffered(SignUp signUp) {
        return settings.tenantDomains().contains(signUp.tenantDomain())
                && settings.userStores().contains(signUp.userStore());
    }

    /** Of users who do not come through a sign-up client. Only somebody with the right to create users, or the server itself, proves that it is none. */
    private boolean mayBeCustomer(SignUp signUp) throws RegistrationRefusedException {
        switch (signUp.origin()) {
            case ADMINISTRATOR:
            case SERVER:
                return false;
            case APPLICATION:
                if (signUp.clients().isEmpty()) {
                    throw new RegistrationRefusedException(
                            RegistrationRefusedException.Reason.NOT_AVAILABLE, "The calling application is not known.");
                }
                return false;
            case REGISTRATION_PAGE:
                return isOffered(signUp);
            default:
                // Elsewhere no customer registers with the shop, and servers create users of their own for shared
                // organizations.
                return settings.tenantDomains().contains(signUp.tenantDomain());
        }
    }
}
