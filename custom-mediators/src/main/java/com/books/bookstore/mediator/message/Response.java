package com.books.bookstore.mediator.message;

import com.books.bookstore.json.ProblemDocuments;
import com.books.bookstore.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP answer. Immutable. */
public final class Response {

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
    public static Response json(int status, String json) {
        return new Response(status, JSON, json, Map.of());
    }

    /** @param contentType of text, with its charset, which is UTF-8 */
    public static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, text, Map.of());
    }

    public static Response empty(int status) {
        return new Response(status, null, null, Map.of());
    }

    public static Response problem(Problem problem) {
        return new Response(problem.type().status(), PROBLEM_JSON, ProblemDocuments.of(problem), problem.headers());
    }

    public Response withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, body, more);
    }

    public int status() {
        return status;
    }

    /** Of the body; null without one. */
    public String contentType() {
        return contentType;
    }

    /** Whether the body is JSON, and not plain text. */
    public boolean isJson() {
        return JSON.equals(contentType) || PROBLEM_JSON.equals(contentType);
    }

    public Optional<String> body() {
        return Optional.ofNullable(body);
    }

    public Map<String, String> headers() {
        return headers;
    }
}
