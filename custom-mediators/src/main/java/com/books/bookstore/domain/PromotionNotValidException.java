package com.books.bookstore.domain;

/** There is no promotion of that code, or it does not hold now. Callers are not told which. */
public final class PromotionNotValidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PromotionNotValidException() {
        super("Invalid promotion code", null, false, false);
    }
}
