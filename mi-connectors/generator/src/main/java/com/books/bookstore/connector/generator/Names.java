package com.books.bookstore.connector.generator;

import java.util.regex.Pattern;

/** Names of the API in the forms that connectors need. */
final class Names {

    private static final Pattern HEADER_WORD = Pattern.compile("-(\\w)");

    private Names() {}

    /** {@code Place Order} for {@code placeOrder}. */
    static String display(String name) {
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** {@code idempotencyKey} for {@code Idempotency-Key}. */
    static String ofHeader(String header) {
        String words = HEADER_WORD.matcher(header).replaceAll(word -> word.group(1));
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
