package com.books.bookstore.json;

import com.books.bookstore.security.Caller;
import java.util.TreeSet;

/** The JSON form of a caller. */
public final class CallerDocuments {

    private CallerDocuments() {}

    /** {@code {"subject","email","scopes":[..]}}, scopes in alphabetical order, the email address null if the token has none. */
    public static String of(Caller caller) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("subject", caller.subject());
            json.writeStringField("email", caller.email().orElse(null));
            json.writeArrayFieldStart("scopes");
            for (String scope : new TreeSet<>(caller.scopes())) {
                json.writeString(scope);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
