package com.books.bookstore.mediator.answer;

import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.request.IfNoneMatch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Answers with an ETag, which is the column {@code version} of a row. */
final class Versioned {

    private static final int HASH_LENGTH = 22;

    private Versioned() {}

    static Response json(int status, String document, Map<String, String> row) {
        return Response.json(status, document).withHeader("ETag", entityTag(row));
    }

    /** A public answer; 304 if the caller has this version already. */
    static Response unlessKnown(ServiceResult result, String document, Map<String, String> row) {
        return unlessKnown(result, document, entityTag(row));
    }

    /** A public answer also if the caller has this version, which does not tell two documents apart. */
    static Response always(ServiceResult result, String document, Map<String, String> row) {
        return keepable(result, Response.json(200, document), entityTag(row));
    }

    /** As {@link #unlessKnown(ServiceResult, String, Map)}, of a document that is its own version. */
    static Response unlessKnown(ServiceResult result, String document) {
        return unlessKnown(result, document, "\"" + hash(document) + "\"");
    }

    private static Response unlessKnown(ServiceResult result, String document, String entityTag) {
        boolean known = IfNoneMatch.has(result.header("If-None-Match"), entityTag);
        return keepable(result, known ? Response.empty(304) : Response.json(200, document), entityTag);
    }

    /** It may be kept as long as the setting says; stock changes with every order. Scripts of other origins may read more of an answer. */
    private static Response keepable(ServiceResult result, Response response, String entityTag) {
        return response.withHeader("ETag", entityTag)
                .withHeader("Cache-Control", result.maxAge() == 0 ? "no-cache" : "public, max-age=" + result.maxAge())
                .withHeader("Vary", "Origin");
    }

    private static String hash(String document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String entityTag(Map<String, String> row) {
        return "\"" + row.get("version") + "\"";
    }
}
