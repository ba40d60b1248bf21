package com.books.bookstore.runtime.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request and the answer to it, free of any HTTP server's types. Confined to the thread that handles the request.
 */
public final class HttpExchange {

    private static final byte[] NO_BODY = new byte[0];

    private final String method;
    private final String target;
    private final String scheme;
    private final String remoteAddress;
    private final Map<String, String> requestHeaders;
    private final Map<String, List<String>> repeatedHeaders;
    private final byte[] requestBody;
    private final String problemTypes;

    private boolean answered;
    private int status;
    private Map<String, List<String>> responseHeaders = Map.of();
    private byte[] responseBody = NO_BODY;

    /**
     * @param target         path and query exactly as sent, for example {@code /catalog/v1/books?q=a%20b}
     * @param requestHeaders names compared without case; of a repeated header the first value
     * @param repeatedHeaders the other values of repeated headers
     * @param problemTypes   what the types of problems begin with; empty for {@code about:blank}
     */
    public HttpExchange(
            String method,
            String target,
            String scheme,
            String remoteAddress,
            TreeMap<String, String> requestHeaders,
            Map<String, List<String>> repeatedHeaders,
            byte[] requestBody,
            String problemTypes) {
        this.method = method;
        this.target = target;
        this.scheme = scheme;
        this.remoteAddress = remoteAddress;
        this.requestHeaders = requestHeaders;
        this.repeatedHeaders = repeatedHeaders;
        this.requestBody = requestBody;
        this.problemTypes = problemTypes;
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public String scheme() {
        return scheme;
    }

    public String remoteAddress() {
        return remoteAddress;
    }

    /** Modifiable: the mediation takes this map as its transport headers. */
    public Map<String, String> requestHeaders() {
        return requestHeaders;
    }

    /** By name, without the first value of each. */
    public Map<String, List<String>> repeatedHeaders() {
        return repeatedHeaders;
    }

    public byte[] requestBody() {
        return requestBody;
    }

    /** Sets the answer. Only the first one counts, as on Micro Integrator. */
    public void answer(int newStatus, Map<String, List<String>> headers, byte[] body) {
        if (!answered) {
            answered = true;
            status = newStatus;
            responseHeaders = headers;
            responseBody = body;
        }
    }

    /** Answers with {@code application/problem+json} (RFC 9457). */
    public void answerProblem(Problem problem, Map<String, String> extraHeaders) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of(Problem.CONTENT_TYPE));
        headers.put("X-Content-Type-Options", List.of("nosniff"));
        extraHeaders.forEach((name, value) -> headers.put(name, List.of(value)));
        answer(problem.status(), headers, problem.toJson(problemTypes));
    }

    public void answerProblem(Problem problem) {
        answerProblem(problem, Map.of());
    }

    public boolean isAnswered() {
        return answered;
    }

    /** Of the answer; 0 before there is one. */
    public int status() {
        return status;
    }

    public Map<String, List<String>> responseHeaders() {
        return responseHeaders;
    }

    public byte[] responseBody() {
        return responseBody;
    }
}
