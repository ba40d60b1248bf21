package com.books.bookstore.connector.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object: texts and numbers as text; arrays, objects and null are left out. Immutable. */
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
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    fields.put(name, parser.getText());
                }
            }
            return new JsonFields(fields);
        } catch (IOException e) {
            return new JsonFields(Map.of());
        }
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
