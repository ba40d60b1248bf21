package com.books.bookstore.request;

import com.books.bookstore.domain.OrderStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which orders a caller looks for, and in what order. Immutable. */
public final class OrderQuery {

    private static final int MAX_SEARCH_LENGTH = 200;
    private static final Set<String> PARAMETERS =
            Set.of("status", "orderId", "customer", "book", "from", "to", "order", "limit", "offset");
    private static final List<String> STATUSES =
            Stream.of(OrderStatus.values()).map(OrderStatus::code).collect(Collectors.toUnmodifiableList());
    private static final List<String> ORDERS = List.of("desc", "asc");

    private final String status;
    private final int orderId;
    private final String customer;
    private final String book;
    private final String from;
    private final String to;
    private final boolean oldestFirst;
    private final Page page;

    private OrderQuery(QueryParameters query, FieldErrors errors) {
        query.refuseOthersThan(PARAMETERS, errors);
        status = choice(query, "status", "", STATUSES, errors);
        orderId = number(query, errors);
        customer = pattern(query, "customer", errors).toLowerCase(Locale.ROOT);
        book = pattern(query, "book", errors);
        from = Days.day(query, "from", errors).map(Object::toString).orElse("");
        to = Days.day(query, "to", errors).map(Object::toString).orElse("");
        if (!from.isEmpty() && !to.isEmpty() && from.compareTo(to) > 0) {
            errors.add("from", "must not be after to");
        }
        oldestFirst = choice(query, "order", "desc", ORDERS, errors).equals("asc");
        page = Page.from(query, errors);
    }

    /**
     * Reads {@code status}, {@code orderId}, {@code customer}, {@code book}, {@code from}, {@code to}, {@code order}, {@code limit} and
     * {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one, and every other parameter
     */
    public static OrderQuery from(QueryParameters parameters) {
        FieldErrors errors = new FieldErrors();
        OrderQuery query = new OrderQuery(parameters, errors);
        errors.throwIfAny();
        return query;
    }

    private static String choice(
            QueryParameters query, String name, String otherwise, List<String> choices, FieldErrors errors) {
        String value = query.get(name).orElse(otherwise);
        if (!value.equals(otherwise) && !choices.contains(value)) {
            errors.add(name, "must be " + String.join(" or ", choices));
        }
        return value;
    }

    private static int number(QueryParameters query, FieldErrors errors) {
        String text = query.get("orderId").orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        if (Texts.isDigits(text) && text.length() <= 10) {
            long number = Long.parseLong(text);
            if (number > 0 && number <= Integer.MAX_VALUE) {
                return (int) number;
            }
        }
        errors.add("orderId", "must be a whole number from 1 to " + Integer.MAX_VALUE);
        return 0;
    }

    private static String pattern(QueryParameters query, String name, FieldErrors errors) {
        String text = query.get(name).map(Texts::clean).orElse("");
        if (Texts.length(text) > MAX_SEARCH_LENGTH) {
            errors.add(name, "must have at most " + MAX_SEARCH_LENGTH + " characters");
        } else if (Texts.hasForbiddenCharacters(text)) {
            errors.add(name, "must not contain control characters");
        }
        return text.isEmpty() ? "" : LikePatterns.containing(text);
    }

    /** Empty for any. */
    public String status() {
        return status;
    }

    /** 0 for any. */
    public int orderId() {
        return orderId;
    }

    /** An SQL LIKE pattern for the customer's email address, in lower case, escape character {@code !}; empty for any. */
    public String customer() {
        return customer;
    }

    /** The same for the title of a book. */
    public String book() {
        return book;
    }

    /** The first day, such as 2026-11-22; empty without limit. */
    public String from() {
        return from;
    }

    /** The last day. */
    public String to() {
        return to;
    }

    public boolean oldestFirst() {
        return oldestFirst;
    }

    public Page page() {
        return page;
    }
}
