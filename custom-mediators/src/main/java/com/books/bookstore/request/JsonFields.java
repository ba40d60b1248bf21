package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads typed values from a JSON object and notes what is wrong with them. A value that is wrong is reported and comes back as a default. */
final class JsonFields {

    private JsonFields() {
    }

    /** A whole number from minimum to maximum; minimum if it is wrong. */
    static int integer(JsonNode object, String name, String path, int minimum, int maximum, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            errors.add(path, "is required");
        } else if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < minimum || node.intValue() > maximum) {
            errors.add(path, "must be a whole number from " + minimum + " to " + maximum);
        } else {
            return node.intValue();
        }
        return minimum;
    }

    /** A text without surrounding blanks, or "" if it is missing, null or wrong. */
    static String text(JsonNode object, String name, int maxLength, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual()) {
            errors.add(name, "must be text");
            return "";
        }
        String text = node.textValue().strip();
        if (Texts.length(text) > maxLength) {
            errors.add(name, "must have at most " + maxLength + " characters");
        } else if (Texts.hasForbiddenCharacters(text)) {
            errors.add(name, "must not have control characters");
        } else {
            return text;
        }
        return "";
    }
}
