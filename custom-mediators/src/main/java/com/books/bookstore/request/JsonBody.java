package com.books.bookstore.request;

import com.books.bookstore.json.Json;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of a request: a JSON object of moderate size. */
public final class JsonBody {

    /** Bytes of the largest body that is read. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Levels of objects and arrays of the deepest body that is read. */
    static final int MAX_LEVELS = 16;

    /** Names, values and brackets of the largest body that is read: the longest valid order has about 6,000. */
    static final int MAX_TOKENS = 10_000;

    private static final Json.Limited JSON = new Json.Limited(MAX_LEVELS, MAX_TOKENS);

    private static final String JSON_TYPE = "application/json";
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

    private JsonBody() {}

    /**
     * @param contentType the Content-Type header, or null
     * @throws ProblemException {@code unsupported_media_type} unless it is application/json, in UTF-8 as all JSON (RFC 8259, section 8.1)
     */
    public static void requireJson(String contentType) {
        if (JSON_TYPE.equals(contentType)) {
            return;
        }
        String mediaType =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!JSON_TYPE.equals(mediaType)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        Matcher charset = CHARSET.matcher(contentType);
        if (charset.find() && !"utf-8".equalsIgnoreCase(charset.group(1))) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the JSON in UTF-8.");
        }
    }

    /**
     * @param contentEncoding the Content-Encoding header, or null
     * @throws ProblemException {@code unsupported_media_type} if the body is compressed: what it unpacks to has no limit that both engines
     *                          know
     */
    public static void requireUncompressed(String contentEncoding) {
        if (contentEncoding != null
                && !contentEncoding.isBlank()
                && !"identity".equalsIgnoreCase(contentEncoding.strip())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body uncompressed, without Content-Encoding.");
        }
    }

    /** What is answered to a body that is no JSON, also where the engine finds that out before this class. */
    public static Problem malformed() {
        return Problem.of(
                ProblemType.MALFORMED_JSON,
                "The body must be one JSON object in UTF-8 without duplicate names, with at most " + MAX_LEVELS
                        + " levels of nesting and at most " + MAX_TOKENS + " names, values and brackets.");
    }

    /**
     * @throws ProblemException {@code payload_too_large}, or {@code malformed_json} unless the bytes are one JSON object without
     *                          duplicate names, of at most {@value #MAX_LEVELS} levels and {@value #MAX_TOKENS} names, values and brackets
     */
    public static JsonNode parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE, "The body must have at most " + MAX_BYTES / 1024 + " KiB.");
        }
        return (isUtf8(body) ? JSON.parse(body) : Optional.<JsonNode>empty())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new ProblemException(malformed()));
    }

    /**
     * The parser would take UTF-16, UTF-32 and a byte order mark, which Micro Integrator's own parser does not. All of them have a byte among
     * the first four that no JSON object begins with.
     */
    private static boolean isUtf8(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0 || i == 0 && body[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
