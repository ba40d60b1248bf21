package com.books.bookstore.embedded;

import java.util.Optional;

/** Settings by name: of each the system property, else the environment variable. */
public final class Settings {

    private Settings() {}

    /** The value without blanks around it; a blank value counts as none. */
    public static Optional<String> value(String name) {
        return notBlank(System.getProperty(name)).or(() -> notBlank(System.getenv(name)));
    }

    private static Optional<String> notBlank(String value) {
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
