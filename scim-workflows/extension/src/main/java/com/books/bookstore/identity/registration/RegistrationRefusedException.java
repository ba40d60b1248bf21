package com.books.bookstore.identity.registration;

/** A registration that cannot even wait. The message is meant for the caller and holds no secret. */
public final class RegistrationRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why a registration is refused. */
    public enum Reason {
        /** Nothing is wrong with the request, but it cannot be taken in now; the caller may try again later. */
        NOT_AVAILABLE,
        ROLE_REQUESTED,
        MAIL_MISSING,
        /** A given or family name that cannot be shown. */
        NAME_INVALID,
        /** The user name belongs to a user or to a request that waits. */
        NAME_TAKEN,
        /** The email address belongs to a user or to a request that waits. */
        MAIL_TAKEN
    }

    private final Reason reason;

    public RegistrationRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the request collides with another one, in contrast to being wrong in itself. */
    public boolean isConflict() {
        return reason == Reason.NAME_TAKEN || reason == Reason.MAIL_TAKEN;
    }
}
