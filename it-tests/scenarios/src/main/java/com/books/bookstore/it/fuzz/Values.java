package com.books.bookstore.it.fuzz;

import static com.books.bookstore.it.fuzz.Definition.map;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values made from schemas, and values that fit no schema. JSON is text, so that it can be broken in every way. */
final class Values {

    /** JSON that is hard to digest. */
    private static final List<String> BROKEN_JSON = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1.0",
            "1e0",
            "1e2147483648",
            "1e-2147483648",
            "1e-400",
            "10e-1",
            "-0.0",
            "99999999999999999999999999",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\u00a0\\u200b\"",
            "\"e\\u0301\"",
            "\"\\ufffe\"",
            "\"a\\u2028b\"",
            "\"\\ud800\"",
            "\"\u202e\u200b\ud83d\ude00\"",
            "\"%s%n'; DROP TABLE orders; --\"",
            "\"<a>&amp;]]>\"",
            "\"" + "x".repeat(300) + "\"",
            "\"" + "\u00e4".repeat(5_000) + "\"",
            "[]",
            "{}",
            "[[]]",
            "{\"a\":{}}",
            "[".repeat(40) + "]".repeat(40),
            "{\"a\":".repeat(40) + "1" + "}".repeat(40),
            "[" + "1,".repeat(10_001) + "1]",
            "NaN",
            "01",
            "+1",
            "'x'",
            "\"unterminated",
            "");

    private static final List<String> BROKEN_TEXT = List.of(
            "",
            " ",
            "0",
            "-1",
            "1.0",
            "2147483648",
            "99999999999999999999",
            "null",
            "true",
            "x".repeat(300),
            "1,2",
            "1;2",
            "2026-02-30",
            "9999-12-31",
            "+12345-01-01",
            "0000-00-00",
            "2026-11-21T00:00",
            "1969-12-31",
            "\u0000",
            "a\u0000b",
            "\ud83d\ude00",
            "\u202e",
            "\u00a0",
            "\u200b",
            "e\u0301",
            "+1",
            "0x1",
            "1e0",
            "\u0661",
            "%",
            "%zz",
            "' OR 1=1 --",
            "*",
            "\"1\"",
            "W/\"1\"",
            "\"1\",\"2\"");

    /** Times that promotions refuse, and one with the greatest offset from UTC. */
    private static final List<String> BROKEN_INSTANTS = List.of(
            "2038-01-17T00:00:00Z",
            "2038-01-19T03:14:08Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00Z",
            "2100-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-21T00:00:00",
            "2026-11-21T00:00:00+18:00",
            "+999999999-12-31T23:59:59Z");

    private static final Instant FIRST_INSTANT = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST_INSTANT = Instant.parse("2040-01-01T00:00:00Z");

    /** Those that are a book's number too. */
    private static final Set<String> ONE = Set.of("1.0", "1e0", "10e-1");

    private final Random random;
    private final List<Integer> books;
    private final List<Integer> orders;
    private final boolean careful;
    private final List<String> brokenJson;

    /**
     * @param books   numbers of books that may be changed and ordered
     * @param orders  numbers of orders that may be changed
     * @param careful whether only the tests' own books may be ordered, and no registration is made
     */
    Values(Random random, List<Integer> books, List<Integer> orders, boolean careful) {
        this.random = random;
        this.books = books;
        this.orders = orders;
        this.careful = careful;
        this.brokenJson = careful
                ? BROKEN_JSON.stream().filter(json -> !ONE.contains(json)).toList()
                : BROKEN_JSON;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    String brokenJson() {
        return oneOf(brokenJson);
    }

    String brokenText() {
        return oneOf(BROKEN_TEXT);
    }

    /** JSON that fits the schema, but perhaps not the shop. */
    String json(Definition definition, String name, Map<String, Object> reference) {
        Map<String, Object> schema = definition.resolve(reference);
        if (schema.containsKey("enum")) {
            return "\"" + oneOf((List<?>) schema.get("enum")) + "\"";
        }
        switch (String.valueOf(schema.get("type"))) {
            case "object":
                List<?> required = schema.get("required") == null ? List.of() : (List<?>) schema.get("required");
                return map(schema.get("properties")).entrySet().stream()
                        .filter(property -> required.contains(property.getKey()) || random.nextBoolean())
                        .map(property -> "\"" + property.getKey() + "\":"
                                + json(definition, property.getKey(), map(property.getValue())))
                        .collect(Collectors.joining(",", "{", "}"));
            case "array":
                return IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> json(definition, name, map(schema.get("items"))))
                        .collect(Collectors.joining(",", "[", "]"));
            case "boolean":
                return Boolean.toString(random.nextBoolean());
            case "integer":
                return Integer.toString(integer(name, schema));
            case "number":
                return number(schema);
            default:
                return "\"" + text(name, schema) + "\"";
        }
    }

    /** A parameter's value that fits its schema, not yet encoded. */
    String parameter(Definition definition, String name, Map<String, Object> reference) {
        Map<String, Object> schema = definition.resolve(reference);
        if (schema.containsKey("enum")) {
            return oneOf((List<?>) schema.get("enum")).toString();
        }
        return "integer".equals(schema.get("type")) ? Integer.toString(integer(name, schema)) : text(name, schema);
    }

    private int integer(String name, Map<String, Object> schema) {
        // Books and orders of other tests stay as they are.
        if ("bookId".equals(name)) {
            return chance(0.9) ? oneOf(books) : Integer.MAX_VALUE - random.nextInt(1_000);
        }
        if ("orderId".equals(name)) {
            return chance(0.9) ? oneOf(orders) : Integer.MAX_VALUE - random.nextInt(1_000);
        }
        if ("mailId".equals(name)) {
            return Integer.MAX_VALUE - random.nextInt(1_000);
        }
        int minimum = ((Number) schema.getOrDefault("minimum", 0)).intValue();
        int maximum = ((Number) schema.getOrDefault("maximum", 1_000)).intValue();
        return chance(0.2) ? maximum : minimum + random.nextInt(Math.max(1, Math.min(10, maximum - minimum)));
    }

    private String number(Map<String, Object> schema) {
        int maximum = ((Number) schema.getOrDefault("maximum", 1_000)).intValue();
        return random.nextInt(Math.min(1_000, maximum)) + "." + (10 + random.nextInt(90));
    }

    private String text(String name, Map<String, Object> schema) {
        if ("date-time".equals(schema.get("format"))) {
            return chance(0.1) ? oneOf(BROKEN_INSTANTS) : instant();
        }
        if ("date".equals(schema.get("format"))) {
            // No day that is over: its summary would be emailed.
            return "20" + (40 + random.nextInt(50)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10);
        }
        switch (name) {
            case "email":
                return UUID.nameUUIDFromBytes(bytes()) + (careful ? "" : "@fuzz.example");
            case "password":
                return "Fuzzed-Pass-1" + random.nextInt(1_000);
            case "isbn":
                return chance(0.5) ? "978-0-261-10221-7" : "";
            case "registrationId":
            case "approvalId":
            case "Idempotency-Key":
                return UUID.nameUUIDFromBytes(bytes()).toString();
            case "If-Match":
            case "If-None-Match":
                return chance(0.3) ? "*" : "\"" + (1 + random.nextInt(20)) + "\"";
            case "code":
                return "FUZZ" + random.nextInt(10);
            case "country":
                return "DE";
            case "promoCode":
                return chance(0.5) ? "WELCOME10" : "FUZZ" + random.nextInt(10);
            default:
                String text = "Fuzz \u00e9\u4e2d " + random.nextInt(1_000);
                int longest = ((Number) schema.getOrDefault("maxLength", 100)).intValue();
                return text.length() > longest ? text.substring(0, longest) : text;
        }
    }

    private String instant() {
        return Instant.ofEpochSecond(random.nextLong(FIRST_INSTANT.getEpochSecond(), LAST_INSTANT.getEpochSecond()))
                .toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}
