package com.books.bookstore.request;

import java.util.List;

/** A parameter of a query string that is one of a few words. */
final class Choice {

    private Choice() {
    }

    /** The parameter's value, empty if it is not given. One that is none of the choices is an error. */
    static String optional(QueryParameters query, String name, List<String> choices, FieldErrors errors) {
        String value = query.get(name).orElse("");
        if (!value.isEmpty() && !choices.contains(value)) {
            errors.add(name, "must be " + String.join(" or ", choices));
        }
        return value;
    }
}
