package com.books.bookstore.identity.registration.mail;

/** An email did not leave. */
public final class MailNotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    public MailNotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
