package com.books.bookstore.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that says what went wrong, as RFC 9457 describes it. Immutable.
 *
 * <p>Everything in it is shown to the caller: no SQL, no stack trace, no secret belongs here.
 */
public final class Problem {

    private final ProblemType type;
    private final String detail;
    private final Map<String, Object> extensions;
    private final Map<String, String> headers;

    private Problem(ProblemType type, String detail, Map<String, Object> extensions, Map<String, String> headers) {
        this.type = type;
        this.detail = detail;
        this.extensions = extensions;
        this.headers = headers;
    }

    /** A problem with the {@linkplain ProblemType#detail() detail} of its type. */
    public static Problem of(ProblemType type) {
        return of(type, type.detail());
    }

    /**
     * @param detail what is wrong with this very request and what to do, sentences for people
     */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of(), Map.of());
    }

    /** A request with wrong fields, all of them named. */
    public static Problem invalidRequest(List<FieldError> errors) {
        return of(ProblemType.INVALID_REQUEST).with("errors", List.copyOf(errors));
    }

    /**
     * The same problem with one member more.
     *
     * @param value a number, text, a {@link FieldError}, a JSON tree, or a list or map of these
     */
    public Problem with(String member, Object value) {
        return new Problem(type, detail, plus(extensions, member, value), headers);
    }

    /** The same problem with one response header more. */
    public Problem withHeader(String name, String value) {
        return new Problem(type, detail, extensions, plus(headers, name, value));
    }

    public ProblemType type() {
        return type;
    }

    /** What is wrong, and what to do. */
    public String detail() {
        return detail;
    }

    /** Members beyond those of RFC 9457, in the order they are to be written. */
    public Map<String, Object> extensions() {
        return extensions;
    }

    /** Response headers. */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return type.code() + ": " + detail;
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
