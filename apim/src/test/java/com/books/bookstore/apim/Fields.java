package com.books.bookstore.apim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Describes JSON documents field by field, as the classes that API Manager reads them into. */
final class Fields {

    /** What a value has to look like. */
    interface Shape {

        boolean fits(JsonNode value);
    }

    static final Shape TEXT = JsonNode::isTextual;
    static final Shape BOOLEAN = JsonNode::isBoolean;
    static final Shape NUMBER = JsonNode::isIntegralNumber;
    static final Shape TEXTS = value -> value.isArray() && all(value, TEXT);

    private Fields() {}

    /** A text of at least one and at most so many characters. */
    static Shape text(int longest) {
        return value -> value.isTextual()
                && !value.textValue().isEmpty()
                && value.textValue().length() <= longest;
    }

    static Shape oneOf(String... values) {
        return value -> value.isTextual() && List.of(values).contains(value.asText());
    }

    /** An object that has no other fields than these. */
    static Shape object(Map<String, Shape> fields) {
        return value -> value.isObject()
                && value.properties().stream()
                        .allMatch(field -> fields.containsKey(field.getKey())
                                && fields.get(field.getKey()).fits(field.getValue()));
    }

    /** The same, and it has all of these. */
    static Shape object(Map<String, Shape> fields, String... required) {
        Shape object = object(fields);
        return value -> object.fits(value) && List.of(required).stream().allMatch(value::hasNonNull);
    }

    static boolean all(JsonNode list, Shape type) {
        for (JsonNode item : list) {
            if (!type.fits(item)) {
                return false;
            }
        }
        return true;
    }

    static Map<String, Shape> with(Map<String, Shape> some, Map<String, Shape> more) {
        Map<String, Shape> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
