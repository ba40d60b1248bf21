package com.books.bookstore.connector.generator;

/**
 * A parameter of a template.
 *
 * @param name         as flows write it
 * @param wireName     the API's name, such as Idempotency-Key; of a connection the same as the name
 * @param in           path, query, header, body or connection
 * @param description  for the form and the reference page
 * @param required     whether a call without it fails
 * @param defaultValue what the form proposes
 */
record Parameter(String name, String wireName, String in, String description, boolean required, String defaultValue) {

    /** {@code Idempotency Key} for {@code idempotencyKey}. */
    String displayName() {
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The type of its field on a form. */
    String inputType() {
        return "stringOrExpression";
    }
}
