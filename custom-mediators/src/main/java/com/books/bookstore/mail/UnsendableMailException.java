package com.books.bookstore.mail;

/** A mail that no attempt can ever send: its address is none, or its document cannot be told. The message is fit for operators. */
public final class UnsendableMailException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsendableMailException(String message) {
        super(message);
    }

    public UnsendableMailException(String message, Throwable cause) {
        super(message, cause);
    }
}
