package com.books.bookstore.identity.kernel;

/** The kernel could not be assembled or started. The message is one sentence for the person who started it. */
public final class KernelException extends Exception {

    private static final long serialVersionUID = 1L;

    public KernelException(String message) {
        super(message);
    }

    public KernelException(String message, Throwable cause) {
        super(message, cause);
    }
}
