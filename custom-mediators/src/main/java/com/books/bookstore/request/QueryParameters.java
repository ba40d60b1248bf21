package com.books.bookstore.request;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a query string. Names and values are percent-decoded as UTF-8, a plus is a space, of a repeated parameter the last
 * counts. Immutable.
 *
 * <p>The engines differ here: of {@code q=a&b}, Micro Integrator makes {@code q} = {@code a&b} and Apache Synapse {@code a}; neither
 * decodes names, and both fail on a broken escape. Hence this reading of our own, the same on both.
 */
public final class QueryParameters {

    private static final QueryParameters NONE = new QueryParameters(Map.of());

    /** Names that an error may repeat. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param query what follows the question mark, still encoded; null or empty for none
     * @throws ProblemException {@code invalid_request} for a broken escape
     */
    public static QueryParameters parse(String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new QueryParameters(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Notes every parameter that the operation does not have: a filter that is ignored would answer something else than was asked. */
    void refuseOthersThan(Set<String> known, FieldErrors errors) {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> errors.add(
                        NAME.matcher(name).matches() ? name : "query", "is not a parameter of this operation"));
    }

    /** A text to search for, cleaned; "" if it is missing or wrong. */
    String search(String name, int maxLength, FieldErrors errors) {
        String text = get(name).map(Texts::clean).orElse("");
        if (Texts.length(text) > maxLength) {
            errors.add(name, "must have at most " + maxLength + " characters");
        } else if (Texts.hasForbiddenCharacters(text)) {
            errors.add(name, "must not contain control characters");
        } else {
            return text;
        }
        return "";
    }

    /** One of the choices; the first one if the parameter is missing or wrong. */
    String choice(String name, List<String> choices, FieldErrors errors) {
        String value = get(name).orElse(choices.get(0));
        if (choices.contains(value)) {
            return value;
        }
        errors.add(name, "must be " + String.join(" or ", choices));
        return choices.get(0);
    }

    /** A whole number; otherwise if the parameter is missing or wrong. */
    int number(String name, int minimum, int maximum, int otherwise, FieldErrors errors) {
        String text = get(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        if (Texts.isDigits(text) && text.length() <= 10) {
            long value = Long.parseLong(text);
            if (value >= minimum && value <= maximum) {
                return (int) value;
            }
        }
        errors.add(name, "must be a whole number from " + minimum + " to " + maximum);
        return otherwise;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalidRequest(
                    List.of(new FieldError("query", "has a % that is not followed by two hexadecimal digits"))));
        }
    }
}
