package com.books.bookstore.mediator.answer;

import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.request.IfNoneMatch;
import java.util.Map;

/** Answers with an ETag, which is the column {@code version} of a row. */
final class Versioned {

    private Versioned() {}

    static Response json(int status, String document, Map<String, String> row) {
        return Response.json(status, document).withHeader("ETag", entityTag(row));
    }

    /** 304 if the caller has this version already. */
    static Response unlessKnown(ServiceResult result, String document, Map<String, String> row) {
        return revalidated(
                IfNoneMatch.has(result.header("If-None-Match"), entityTag(row))
                        ? Response.empty(304).withHeader("ETag", entityTag(row))
                        : json(200, document, row));
    }

    /** Public data may be cached, but not shown without asking again: stock changes with every order. */
    static Response revalidated(Response response) {
        return response.withHeader("Cache-Control", "no-cache");
    }

    private static String entityTag(Map<String, String> row) {
        return "\"" + row.get("version") + "\"";
    }
}
