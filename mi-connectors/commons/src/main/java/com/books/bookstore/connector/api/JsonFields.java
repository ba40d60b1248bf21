package com.books.bookstore.connector.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object: texts and numbers as text, arrays as the number of their elements, objects and null without a value. Immutable. */
final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> fields;

    private JsonFields(Map<String, String> fields) {
        this.fields = fields;
    }

    /** No fields at all if the text is not a JSON object. */
    static JsonFields of(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new JsonFields(Map.of());
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY) {
                    fields.put(name, String.valueOf(elements(parser)));
                } else if (value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    fields.put(name, null);
                } else {
                    fields.put(name, parser.getText());
                }
            }
            return new JsonFields(fields);
        } catch (IOException e) {
            return new JsonFields(Map.of());
        }
    }

    private static int elements(JsonParser parser) throws IOException {
        int elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            elements++;
        }
        return elements;
    }

    /** Also true if the field is null. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Nothing if there is no such field or it is not a whole number. */
    Optional<Long> number(String name) {
        try {
            return text(name).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
