package com.books.bookstore.connector.generator;

import java.util.List;

/**
 * A parameter of a template.
 *
 * @param name         as flows write it
 * @param wireName     the API's name, such as Idempotency-Key; of a connection the same as the name
 * @param in           path, query, header, body, connection or output
 * @param description  for the form and the reference page
 * @param required     whether a call without it fails
 * @param defaultValue what the form proposes
 * @param values       all that it may have; empty if there are more
 * @param example      of the definition, or empty
 */
record Parameter(
        String name,
        String wireName,
        String in,
        String description,
        boolean required,
        String defaultValue,
        List<String> values,
        String example) {

    Parameter(String name, String in, String description, boolean required, String defaultValue) {
        this(name, name, in, description, required, defaultValue, List.of(), "");
    }

    /** {@code Idempotency Key} for {@code idempotencyKey}. */
    String displayName() {
        return Names.display(name);
    }

    /** The type of its field on a form. */
    String inputType() {
        return values.isEmpty() ? "stringOrExpression" : "comboOrExpression";
    }
}
