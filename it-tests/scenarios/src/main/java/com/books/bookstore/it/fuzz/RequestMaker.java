package com.books.bookstore.it.fuzz;

import static com.books.bookstore.it.fuzz.Definition.map;

import com.books.bookstore.it.fuzz.Definition.Operation;
import com.books.bookstore.it.support.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Makes a request that fits an operation, and breaks it in up to three ways. What it makes depends on the seed only. */
final class RequestMaker {

    /** Path segments as they go out. Nothing that HTTP itself refuses: blanks, control characters, a number sign. */
    private static final List<String> BROKEN_SEGMENTS = List.of(
            "1,2",
            "1:2",
            "1@2",
            "(1)",
            "!",
            "1=2",
            "1+2",
            "a&b",
            "*",
            "$1",
            "1;2",
            "1;a=b",
            "%",
            "%zz",
            "%2",
            "1%",
            "%00",
            "%0A",
            "%2F",
            "%5C",
            "%3F",
            "%25",
            "%C3%28",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "%C2%A01",
            "%E2%80%8B1",
            "%D9%A1",
            "%2e%2e",
            "1%20",
            "-1",
            "0",
            "1.0",
            "1e0",
            "01",
            "2147483648",
            "99999999999999999999",
            "null",
            "2026-11-21T00:00",
            "2026-02-30",
            "1969-12-31",
            "9999-12-31",
            "x%20y",
            "~",
            "'",
            "x".repeat(300));

    /** Those of them that Micro Integrator answers before an API is asked; docs/deployment.md has a table of the differences. */
    private static final Set<String> BROKEN_ENCODINGS = Set.of("%", "%zz", "%2", "1%", "q=%", "q=%zz");

    private static final List<String> BROKEN_QUERIES = List.of(
            "",
            "%",
            "q=%",
            "q=%zz",
            "=",
            "&",
            "&&=&",
            "limit",
            "limit=",
            "limit=1&limit=2",
            "x=1",
            "offset=%00",
            "q=%00",
            "q=%C3%28",
            "q=%ED%A0%80",
            "q=%E2%80%8B",
            "limit=1&limit=",
            "limit=%2B1",
            "limit=%D9%A1",
            "from=2026-11-21&to=2026-11-20",
            "status=PENDING",
            "q=" + "x".repeat(3_000),
            "a[]=1",
            "q=a+b",
            "?",
            "sort=title;order=asc");

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Random random;
    private final Values values;
    private final Function<String, String> tokens;
    private final List<String> segments;
    private final List<String> queries;
    private final boolean careful;

    /**
     * @param tokens  gives an access token with the given scope
     * @param careful whether books and orders that are none of the tests' must stay as they are, and the engine may be Micro Integrator's
     */
    RequestMaker(Random random, Values values, Function<String, String> tokens, boolean careful) {
        this.random = random;
        this.values = values;
        this.tokens = tokens;
        this.careful = careful;
        this.segments = careful ? withoutBrokenEncodings(BROKEN_SEGMENTS) : BROKEN_SEGMENTS;
        this.queries = careful ? withoutBrokenEncodings(BROKEN_QUERIES) : BROKEN_QUERIES;
    }

    private static List<String> withoutBrokenEncodings(List<String> texts) {
        return texts.stream().filter(text -> !BROKEN_ENCODINGS.contains(text)).toList();
    }

    /**
     * @param operation what the request was made for
     * @param asDefined whether path and method are still the operation's, so that its definition says what the answer must be
     */
    record Made(Operation operation, boolean asDefined, RawHttp.Request request) {}

    private static final class Draft {

        private String method;
        private String path;
        private final Map<String, String> variables = new TreeMap<>();
        private final Map<String, String> query = new TreeMap<>();
        private String rawQuery;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final List<String> extraHeaders = new ArrayList<>();
        private String json;
        private byte[] bytes;
        private boolean asDefined = true;
    }

    Made make(Operation operation) {
        Draft draft = fitting(operation);
        int faults = values.chance(0.2) ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < faults; i++) {
            fault(draft, operation);
        }
        return new Made(operation, draft.asDefined, request(draft, operation));
    }

    private Draft fitting(Operation operation) {
        Draft draft = new Draft();
        draft.method = operation.method();
        draft.path = operation.path();
        for (Map<String, Object> parameter : operation.parameters()) {
            String name = (String) parameter.get("name");
            String place = (String) parameter.get("in");
            if ("path".equals(place) || Boolean.TRUE.equals(parameter.get("required")) || random.nextBoolean()) {
                String value = values.parameter(operation.definition(), name, map(parameter.get("schema")));
                Map<String, String> target =
                        "path".equals(place) ? draft.variables : "query".equals(place) ? draft.query : draft.headers;
                target.put(name, "header".equals(place) ? value : encode(value));
            }
        }
        operation.scope().ifPresent(scope -> draft.headers.put("Authorization", "Bearer " + tokens.apply(scope)));
        operation.bodySchema().ifPresent(schema -> {
            draft.headers.put("Content-Type", "application/json");
            draft.json = values.json(operation.definition(), "", schema);
        });
        draft.headers.put("X-Forwarded-For", "2001:db8::" + Integer.toHexString(random.nextInt(0x10000)));
        return draft;
    }

    private void fault(Draft draft, Operation operation) {
        switch (random.nextInt(10)) {
            case 0 -> draft.variables.replaceAll((name, value) -> values.oneOf(segments));
            case 1 -> breakPath(draft);
            case 2 -> {
                draft.method = values.oneOf(METHODS);
                draft.asDefined &= draft.method.equals(operation.method())
                        || draft.method.equals("HEAD") && operation.method().equals("GET");
            }
            case 3 -> draft.rawQuery = values.oneOf(queries);
            case 4 -> draft.query.replaceAll((name, value) -> encode(values.brokenText()));
            case 5 -> breakHeader(draft);
            case 6 ->
                draft.headers.put(
                        "Authorization", values.oneOf(List.of("", "Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi")));
            case 7 -> breakBytes(draft);
            default -> breakJson(draft);
        }
    }

    private void breakPath(Draft draft) {
        switch (random.nextInt(4)) {
            case 0 -> draft.path = draft.path + "/";
            case 1 -> draft.path = draft.path + "/" + values.oneOf(segments);
            case 2 -> draft.path = "/" + draft.path;
            default -> draft.path = draft.path.replaceFirst("/[a-z]+", "/fuzz");
        }
        // A slash at the end does not count, but a variable that ends with one is no single case.
        draft.asDefined = false;
    }

    private void breakHeader(Draft draft) {
        switch (random.nextInt(8)) {
            case 0 ->
                draft.headers.remove(
                        values.oneOf(List.of("Idempotency-Key", "If-Match", "Content-Type", "Authorization")));
            case 1 ->
                draft.headers.put(
                        "Content-Type",
                        values.oneOf(List.of(
                                "",
                                "text/plain",
                                "application/xml",
                                "json",
                                "multipart/form-data",
                                "application/json; charset=utf-16",
                                "application/json;charset=iso-8859-1",
                                "application/x-www-form-urlencoded",
                                "*/*")));
            case 2 ->
                draft.headers.put("Content-Encoding", values.oneOf(List.of("gzip", "br", "deflate", "identity", "x")));
            case 3 ->
                draft.headers.put(
                        "Idempotency-Key",
                        values.oneOf(List.of("", "\u00e4", "x".repeat(256), "x".repeat(255), "a b", "a,b")));
            case 4 ->
                draft.headers.put(
                        "If-Match",
                        values.oneOf(List.of("", "*", "1", "W/\"1\"", "\"1\", \"2\"", "\"1-gzip\"", "\"", "\"x\"")));
            case 5 ->
                draft.headers.put(
                        "X-Correlation-ID",
                        values.oneOf(List.of("", "a b", "x".repeat(65), "\u00e9", "ok-1", "<script>")));
            case 6 -> draft.extraHeaders.add("X-FORWARDED-FOR: 10.0.0." + random.nextInt(255));
            default ->
                draft.headers.put(
                        values.oneOf(List.of("Accept", "Origin", "If-None-Match", "Range", "Expect-CT", "Prefer")),
                        values.oneOf(List.of("", "*", "image/png", "https://evil.example", "bytes=0-1", "\"1\"")));
        }
    }

    private void breakJson(Draft draft) {
        if (draft.json == null) {
            draft.json = values.brokenJson();
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> draft.json = values.brokenJson();
            case 1 -> draft.json = draft.json.substring(0, random.nextInt(draft.json.length() + 1));
            case 2 ->
                draft.json = draft.json.replaceFirst(
                        "\\{", "{\"fuzz\":" + values.brokenJson().replace("\\", "\\\\") + ",");
            case 3 -> draft.json = draft.json.replaceFirst("\\}$", ",\"items\":1,\"items\":2}");
            default -> replaceOneValue(draft);
        }
    }

    /** Of a name and its value, as they were written. */
    private void replaceOneValue(Draft draft) {
        String[] parts = draft.json.split("(?<=\":)", -1);
        if (parts.length > 1) {
            int part = 1 + random.nextInt(parts.length - 1);
            parts[part] = parts[part].replaceFirst(
                    "^(\"[^\"]*\"|[^,}\\]]*)",
                    values.brokenJson().replace("\\", "\\\\").replace("$", "\\$"));
        }
        draft.json = String.join("", parts);
    }

    private void breakBytes(Draft draft) {
        String json = draft.json == null ? "{}" : draft.json;
        draft.bytes = switch (random.nextInt(6)) {
            case 0 ->
                json.getBytes(Charset.forName(values.oneOf(List.of("UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"))));
            case 1 -> ("\uFEFF" + json).getBytes(StandardCharsets.UTF_8);
            case 2 -> gzip(json);
            case 3 -> Arrays.copyOf(json.getBytes(StandardCharsets.UTF_8), 200);
            case 4 -> (json + " ".repeat(260 * 1024)).getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }

    /** Not even by a lenient reading of a broken number. */
    private void spareOtherBooksAndOrders(Draft draft) {
        if (careful && !Set.of("GET", "HEAD", "OPTIONS").contains(draft.method)) {
            draft.variables.replaceAll(
                    (name, value) -> segments.contains(value) && value.matches(".*[1-9].*") ? "null" : value);
        }
    }

    private RawHttp.Request request(Draft draft, Operation operation) {
        spareOtherBooksAndOrders(draft);
        String path = draft.path;
        for (Map.Entry<String, String> variable : draft.variables.entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        String query = draft.rawQuery != null
                ? draft.rawQuery
                : draft.query.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .reduce((one, other) -> one + "&" + other)
                        .orElse(null);
        List<String> headers = new ArrayList<>(draft.extraHeaders);
        draft.headers.forEach((name, value) -> headers.add(name + ": " + value));
        byte[] body = draft.bytes != null
                ? draft.bytes
                : draft.json == null ? new byte[0] : draft.json.getBytes(StandardCharsets.UTF_8);
        return new RawHttp.Request(
                draft.method,
                operation.definition().context() + path + (query == null ? "" : "?" + query),
                headers,
                body);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
