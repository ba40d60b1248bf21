package com.books.bookstore.request;

import com.books.bookstore.domain.Money;
import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads typed values from a JSON object and notes what is wrong with them. A value that is wrong is reported and comes back as a default. */
final class JsonFields {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private JsonFields() {}

    /** A whole number from minimum to maximum; minimum if it is wrong. */
    static int integer(JsonNode object, String name, String path, int minimum, int maximum, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            errors.add(path, "is required");
        } else if (!isInteger(node, minimum, maximum)) {
            errors.add(path, "must be a whole number from " + minimum + " to " + maximum);
        } else {
            return node.decimalValue().intValueExact();
        }
        return minimum;
    }

    /** Also 1.0 and 1e0: JSON has one kind of number. */
    private static boolean isInteger(JsonNode node, int minimum, int maximum) {
        // Compared before anything is computed with it: 1e999999999 is a short text and a very long number.
        return node.isNumber()
                && node.decimalValue().compareTo(BigDecimal.valueOf(minimum)) >= 0
                && node.decimalValue().compareTo(BigDecimal.valueOf(maximum)) <= 0
                && node.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    /** A JSON value that comes as text; a missing node if there is none or it is no JSON. */
    static JsonNode tree(String name, String json, FieldErrors errors) {
        if (json == null || json.isBlank()) {
            errors.add(name, "is required");
            return MissingNode.getInstance();
        }
        Optional<JsonNode> tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));
        if (tree.isEmpty()) {
            errors.add(name, "must be JSON");
        }
        return tree.orElse(MissingNode.getInstance());
    }

    /** A number from 0 to maximum with at most two decimals; 0 if it is wrong. */
    static BigDecimal amount(JsonNode object, String name, String path, BigDecimal maximum, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            errors.add(path, "is required");
        } else if (!node.isNumber()
                || node.decimalValue().signum() < 0
                || node.decimalValue().compareTo(maximum) > 0
                || node.decimalValue().stripTrailingZeros().scale() > Money.SCALE) {
            errors.add(
                    path,
                    "must be a number from 0 to " + maximum.toPlainString() + " with at most " + Money.SCALE
                            + " decimals");
        } else {
            return node.decimalValue().stripTrailingZeros().setScale(Money.SCALE);
        }
        return Money.ZERO;
    }

    /** A number of more than 0 and at most 100 with at most two decimals; 0 if it is wrong. */
    static BigDecimal percentage(JsonNode object, String name, String path, FieldErrors errors) {
        int errorsBefore = errors.count();
        BigDecimal percent = amount(object, name, path, HUNDRED, errors);
        if (percent.signum() == 0 && errors.count() == errorsBefore) {
            errors.add(path, "must be more than 0");
        }
        return percent;
    }

    /** A text that is not blank, as it is, or "" after reporting what is wrong. */
    static String requiredText(JsonNode object, String name, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            errors.add(name, "is required");
        } else if (!node.isTextual()) {
            errors.add(name, "must be text");
        } else if (Texts.isBlank(node.textValue())) {
            errors.add(name, "must not be blank");
        } else {
            return node.textValue();
        }
        return "";
    }

    /** A text as {@link Texts#clean} leaves it, which must show something; "" if it is wrong. */
    static String visibleText(JsonNode node, String path, int maxLength, FieldErrors errors) {
        if (node.isMissingNode() || node.isNull()) {
            errors.add(path, "is required");
            return "";
        }
        if (node.isTextual() && Texts.isBlank(node.textValue())) {
            errors.add(path, "must not be blank");
            return "";
        }
        return optionalText(node, path, maxLength, errors);
    }

    /** A text as {@link Texts#clean} leaves it, or "" if it is missing, null or wrong. */
    static String text(JsonNode object, String name, int maxLength, FieldErrors errors) {
        return text(object, name, name, maxLength, errors);
    }

    /** The same for a text that is deeper in the body: {@code path} names it in errors. */
    static String text(JsonNode object, String name, String path, int maxLength, FieldErrors errors) {
        return optionalText(object.path(name), path, maxLength, errors);
    }

    private static String optionalText(JsonNode node, String path, int maxLength, FieldErrors errors) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual()) {
            errors.add(path, "must be text");
            return "";
        }
        String text = Texts.clean(node.textValue());
        return checked(text, text, path, maxLength, errors);
    }

    /** The same for a text of several lines, which end with {@code \n} afterwards. */
    static String lines(JsonNode object, String name, int maxLength, FieldErrors errors) {
        JsonNode node = object.path(name);
        if (!node.isTextual()) {
            return text(object, name, maxLength, errors);
        }
        String text = Texts.clean(node.textValue()).replaceAll("\\R", "\n");
        return checked(text, text.replace("\n", ""), name, maxLength, errors);
    }

    private static String checked(String text, String visible, String path, int maxLength, FieldErrors errors) {
        if (Texts.length(text) > maxLength) {
            errors.add(path, "must have at most " + maxLength + " characters");
        } else if (Texts.hasForbiddenCharacters(visible)) {
            errors.add(path, "must not contain control characters");
        } else {
            return text;
        }
        return "";
    }
}
