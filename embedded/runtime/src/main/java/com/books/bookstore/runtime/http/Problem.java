package com.books.bookstore.runtime.http;

import java.nio.charset.StandardCharsets;

/**
 * A problem document (RFC 9457) for what never reaches a mediation flow: bad requests, unknown paths, errors that no flow handled. It tells
 * nothing about the inside of the server.
 */
public record Problem(int status, String code, String title) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public static final Problem INTERNAL_ERROR = new Problem(500, "internal_error", "Internal server error");
    public static final Problem NOT_FOUND = new Problem(404, "not_found", "No API answers at this path");
    public static final Problem NO_RESOURCE = new Problem(404, "not_found", "No resource answers at this path");
    public static final Problem METHOD_NOT_ALLOWED = new Problem(405, "method_not_allowed", "Method not allowed");
    public static final Problem PAYLOAD_TOO_LARGE =
            new Problem(413, "payload_too_large", "The request body is too large");

    /**
     * Code and title must need no JSON escaping: they are constants of programs.
     *
     * @param typeBase what the type begins with; its end is the code. Empty for the type {@code about:blank}.
     */
    public byte[] toJson(String typeBase) {
        String type = typeBase.isEmpty() ? "about:blank" : typeBase + code;
        String json = "{\"type\":\"" + type + "\",\"title\":\"" + title + "\",\"status\":" + status + ",\"code\":\""
                + code + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
