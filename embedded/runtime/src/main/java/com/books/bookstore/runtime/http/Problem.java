package com.books.bookstore.runtime.http;

import java.nio.charset.StandardCharsets;

/**
 * A problem document of the runtime itself, for what never reaches a mediation flow: bad requests, unknown paths, failures nobody handled.
 * It says nothing about the inside of the server.
 */
public record Problem(int status, String code, String title) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public static final Problem INTERNAL_ERROR = new Problem(500, "internal_error", "Internal server error");
    public static final Problem NOT_FOUND = new Problem(404, "not_found", "No API answers at this path");
    public static final Problem NO_RESOURCE = new Problem(404, "not_found", "No resource answers at this path");
    public static final Problem METHOD_NOT_ALLOWED = new Problem(405, "method_not_allowed", "Method not allowed");
    public static final Problem PAYLOAD_TOO_LARGE =
            new Problem(413, "payload_too_large", "The request body is too large");

    /** Code and title must need no JSON escaping: they are constants of this project. */
    public byte[] toJson() {
        String json = "{\"type\":\"https://books.com/problems/" + code + "\",\"title\":\"" + title + "\",\"status\":"
                + status + ",\"code\":\"" + code + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
