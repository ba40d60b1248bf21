package com.books.bookstore.request;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;

/** The {@code Idempotency-Key} header: the caller's name for one order, however often it is sent. */
public final class IdempotencyKey {

    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /**
     * @param header the header, or null
     * @return the key
     * @throws ProblemException {@code idempotency_key_missing}, or {@code idempotency_key_invalid} unless it is 1 to 255 visible ASCII characters
     */
    public static String required(String header) {
        String key = header == null ? "" : header.strip();
        if (key.isEmpty()) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_MISSING);
        }
        if (key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_INVALID,
                    "The key must have 1 to " + MAX_LENGTH + " visible ASCII characters and no spaces.");
        }
        return key;
    }
}
