package com.books.bookstore.identity.registration.mail;

/** An email did not leave. */
public final class MailNotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /** It is tried again. */
    public MailNotSentException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param forGood whether no attempt can ever succeed */
    MailNotSentException(String message, Throwable cause, boolean forGood) {
        super(message, cause);
        this.forGood = forGood;
    }

    boolean isForGood() {
        return forGood;
    }
}
