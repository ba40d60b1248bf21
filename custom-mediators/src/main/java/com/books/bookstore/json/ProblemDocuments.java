package com.books.bookstore.json;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** The JSON form of a problem: {@code application/problem+json} as RFC 9457 describes it. */
public final class ProblemDocuments {

    private ProblemDocuments() {}

    public static String of(Problem problem) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", problem.type().uri());
            json.writeStringField("title", problem.type().title());
            json.writeNumberField("status", problem.type().status());
            json.writeStringField("detail", problem.detail());
            json.writeStringField("code", problem.type().code());
            for (Map.Entry<String, Object> extension : problem.extensions().entrySet()) {
                json.writeFieldName(extension.getKey());
                write(json, extension.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof FieldError) {
            FieldError error = (FieldError) value;
            json.writeStartObject();
            json.writeStringField("field", error.field());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        } else if (value instanceof Iterable && !(value instanceof com.fasterxml.jackson.core.TreeNode)) {
            json.writeStartArray();
            for (Object item : (Iterable<?>) value) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else {
            json.writePOJO(value);
        }
    }
}
