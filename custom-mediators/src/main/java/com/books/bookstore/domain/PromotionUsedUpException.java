package com.books.bookstore.domain;

/** The promotion was used as often as it may be, by all customers together or by this one. */
public final class PromotionUsedUpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PromotionUsedUpException() {
        super("Promotion code used up", null, false, false);
    }
}
