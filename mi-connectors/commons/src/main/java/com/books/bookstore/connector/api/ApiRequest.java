package com.books.bookstore.connector.api;

import java.util.Map;

/** One call of the API, ready to be sent more than once. Immutable. */
final class ApiRequest {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final String body;
    private final boolean withToken;

    /**
     * @param target path and query, encoded
     * @param body   JSON, or null
     */
    ApiRequest(String method, String target, Map<String, String> headers, String body, boolean withToken) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.withToken = withToken;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    Map<String, String> headers() {
        return headers;
    }

    String body() {
        return body;
    }

    boolean withToken() {
        return withToken;
    }

    /** Whether a second request does no harm when the answer to the first was lost. */
    boolean repeatable() {
        return "GET".equals(method) || headers.containsKey(IDEMPOTENCY_KEY);
    }
}
