package com.books.bookstore.embedded;

import java.util.Map;
import java.util.Optional;

/** Settings by name: of each the system property, else the environment variable. */
public final class Settings {

    private Settings() {}

    /** The value without blanks around it; a blank value counts as none. */
    public static Optional<String> value(String name) {
        return notBlank(System.getProperty(name)).or(() -> notBlank(System.getenv(name)));
    }

    /**
     * A number of at most nine digits.
     *
     * @param otherwise what counts when the setting has no value
     * @throws StartException if the value is not a number from {@code smallest} to {@code largest}
     */
    public static int number(String name, int otherwise, int smallest, int largest) {
        return number(name, value(name), otherwise, smallest, largest);
    }

    /** {@link #number(String, int, int, int)} of a setting in {@code environment}. */
    public static int number(Map<String, String> environment, String name, int otherwise, int smallest, int largest) {
        return number(name, notBlank(environment.get(name)), otherwise, smallest, largest);
    }

    private static int number(String name, Optional<String> text, int otherwise, int smallest, int largest) {
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("\\d{1,9}")
                || Integer.parseInt(text.get()) < smallest
                || Integer.parseInt(text.get()) > largest) {
            throw new StartException(
                    name + " is " + text.get() + ", which is not a number from " + smallest + " to " + largest);
        }
        return Integer.parseInt(text.get());
    }

    private static Optional<String> notBlank(String value) {
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
