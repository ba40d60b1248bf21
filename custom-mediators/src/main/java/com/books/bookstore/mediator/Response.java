package com.books.bookstore.mediator;

import com.books.bookstore.json.ProblemDocuments;
import com.books.bookstore.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP answer. Immutable. */
final class Response {

    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";

    private final int status;
    private final String contentType;
    private final String body;
    private final Map<String, String> headers;

    private Response(int status, String contentType, String body, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

    /** @param json one JSON value */
    static Response json(int status, String json) {
        return new Response(status, JSON, json, Map.of());
    }

    /** @param contentType of text, with its charset, which is UTF-8 */
    static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, text, Map.of());
    }

    static Response empty(int status) {
        return new Response(status, null, null, Map.of());
    }

    static Response problem(Problem problem) {
        return new Response(problem.type().status(), PROBLEM_JSON, ProblemDocuments.of(problem), problem.headers());
    }

    Response withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, body, more);
    }

    int status() {
        return status;
    }

    /** Of the body; null without one. */
    String contentType() {
        return contentType;
    }

    /** Whether the body is JSON, and not plain text. */
    boolean isJson() {
        return JSON.equals(contentType) || PROBLEM_JSON.equals(contentType);
    }

    Optional<String> body() {
        return Optional.ofNullable(body);
    }

    Map<String, String> headers() {
        return headers;
    }
}
