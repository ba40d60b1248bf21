package com.books.bookstore.request;

import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where a page of a list ended and the next one begins: the sort order, and what the database needs of the last row. Callers get it as
 * {@code next}, an opaque text, and send it back. It is no secret: a made-up one leads to another place of the same list. Immutable.
 */
public final class Place {

    /** Two columns of 255 characters at most, encoded. */
    private static final int MAX_LENGTH = 2_000;

    private static final String PARAMETER = "next";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}([.][0-9]{1,2})?");

    private Place() {}

    /**
     * The text for callers.
     *
     * @param sort the order of the list
     * @param row  JSON array of the last row's values: a text, its number and perhaps a rank
     */
    public static String encode(String sort, String row) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((sort + row).getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON array of a book's text from {@link #encode}; empty if the request has none, or a wrong one, which is noted. */
    static String from(QueryParameters query, String sort, FieldErrors errors) {
        boolean number = sort.startsWith("price") || sort.startsWith("stock");
        return row(query, sort, row -> isBook(row, number), errors)
                .map(JsonNode::toString)
                .orElse("");
    }

    /** The values of a row from {@link #encode} that pass a test; nothing if the request has none, or a wrong one, which is noted. */
    static Optional<JsonNode> row(QueryParameters query, String sort, Predicate<JsonNode> test, FieldErrors errors) {
        Optional<String> sent = query.get(PARAMETER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (query.get("offset").isPresent()) {
            errors.add(PARAMETER, "must not be sent together with offset");
            return Optional.empty();
        }
        Optional<JsonNode> row = sent.filter(text -> text.length() <= MAX_LENGTH)
                .flatMap(Place::decode)
                .filter(text -> text.startsWith(sort))
                .flatMap(text -> Json.parse(text.substring(sort.length()).getBytes(StandardCharsets.UTF_8)))
                .filter(JsonNode::isArray)
                .filter(test);
        if (row.isEmpty()) {
            errors.add(PARAMETER, "must be the next of an earlier page of this list in the same order");
        }
        return row;
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBook(JsonNode row, boolean number) {
        return row.path(0).isTextual()
                && isKey(row.path(0).textValue(), number)
                && row.path(1).isInt()
                && (row.size() == 2 || row.size() == 3 && row.path(2).isInt());
    }

    private static boolean isKey(String text, boolean number) {
        return number
                ? NUMBER.matcher(text).matches()
                : Texts.length(text) <= 255 && !Texts.hasForbiddenCharacters(text);
    }
}
