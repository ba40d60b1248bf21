package com.books.bookstore.mail;

/** An email that can never be sent: its address or its document is not valid. The message may be logged. */
public final class UnsendableMailException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsendableMailException(String message) {
        super(message);
    }

    public UnsendableMailException(String message, Throwable cause) {
        super(message, cause);
    }
}
