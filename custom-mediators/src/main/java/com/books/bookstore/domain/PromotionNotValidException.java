package com.books.bookstore.domain;

/** The promotion does not exist or is not valid now. Callers are not told which. */
public final class PromotionNotValidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PromotionNotValidException() {
        super("Invalid promotion code", null, false, false);
    }
}
