package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.WrongArtifactException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.synapse.SynapseException;

/**
 * The value of a mediator property. {@code env:NAME} stands for the system property NAME, else the environment variable NAME;
 * {@code env:NAME:default} falls back on the default. Anything else stands for itself.
 */
final class Setting {

    private static final String PREFIX = "env:";

    private Setting() {}

    /**
     * @param property the mediator property, named in errors
     * @param value    its value in the configuration, or null if it is not there
     * @throws SynapseException if there is no value
     */
    static String required(String property, String value) {
        if (value == null || value.isBlank()) {
            throw new WrongArtifactException("The setting '" + property + "' is not set");
        }
        if (!value.startsWith(PREFIX)) {
            return value.trim();
        }
        String[] nameAndDefault = value.substring(PREFIX.length()).split(":", 2);
        String name = nameAndDefault[0].trim();
        String resolved = System.getProperty(name);
        if (resolved == null) {
            resolved = System.getenv(name);
        }
        if (resolved != null) {
            return resolved.trim();
        }
        if (nameAndDefault.length == 2) {
            return nameAndDefault[1].trim();
        }
        throw new WrongArtifactException(
                "The setting '" + property + "' needs the environment variable " + name + ", which is not set");
    }

    /** Whether a setting that may be left out is: it is blank, or stands for a variable with a blank value. */
    static boolean isEmpty(String property, String value) {
        return value.isBlank() || required(property, value).isEmpty();
    }

    /**
     * A whole number.
     *
     * @throws SynapseException if it is not one from minimum to maximum
     */
    static int number(String property, String value, int minimum, int maximum) {
        String text = required(property, value);
        try {
            int number = Integer.parseInt(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of range.
        }
        throw new WrongArtifactException(
                "The setting '" + property + "' must be a whole number from " + minimum + " to " + maximum);
    }

    /**
     * An http or https address.
     *
     * @throws SynapseException if it is not one
     */
    static URI address(String property, String value) {
        String text = required(property, value);
        try {
            URI address = new URI(text);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Reported below, like an address of another kind.
        }
        throw new WrongArtifactException(
                "The setting '" + property + "' must be an http or https address, not: " + text);
    }
}
