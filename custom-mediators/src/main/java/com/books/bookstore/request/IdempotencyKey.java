package com.books.bookstore.request;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.Locale;
import java.util.regex.Pattern;

/** The {@code Idempotency-Key} header: the caller's name for one request, however often it is sent. */
public final class IdempotencyKey {

    private static final int MAX_LENGTH = 255;
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
        if (key.length() > MAX_LENGTH || !isVisibleAscii(key)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_INVALID,
                    "The key must have 1 to " + MAX_LENGTH + " visible ASCII characters and no spaces.");
        }
        return key;
    }

    private static boolean isVisibleAscii(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * A key of which other names are made.
     *
     * @param header the header, or null
     * @return the key: a UUID in small letters
     * @throws ProblemException {@code idempotency_key_missing}, or {@code idempotency_key_invalid} unless it is a UUID
     */
    public static String requiredUuid(String header) {
        String key = required(header).toLowerCase(Locale.ROOT);
        if (!UUID.matcher(key).matches()) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_INVALID, "The key must be a UUID.");
        }
        return key;
    }
}
