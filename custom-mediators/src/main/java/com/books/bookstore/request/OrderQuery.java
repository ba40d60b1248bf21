package com.books.bookstore.request;

import com.books.bookstore.domain.OrderStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which orders a caller looks for, and in what order. Immutable. */
public final class OrderQuery {

    private static final int MAX_SEARCH_LENGTH = 200;
    private static final Set<String> PARAMETERS =
            Page.with("status", "orderId", "customer", "book", "from", "to", "order", "next");
    private static final List<String> STATUSES =
            Stream.of(OrderStatus.values()).map(OrderStatus::code).collect(Collectors.toUnmodifiableList());
    private static final List<String> ORDERS = List.of("desc", "asc");

    private final String status;
    private final int orderId;
    private final String customer;
    private final SearchText book;
    private final String from;
    private final String to;
    private final boolean oldestFirst;
    private final PlacedPage page;

    private OrderQuery(QueryParameters query, FieldErrors errors) {
        query.refuseOthersThan(PARAMETERS, errors);
        status = query.get("status").isEmpty() ? "" : query.choice("status", STATUSES, errors);
        orderId = query.number("orderId", 1, Integer.MAX_VALUE, 0, errors);
        customer = query.search("customer", MAX_SEARCH_LENGTH, errors);
        book = SearchText.of(query.search("book", MAX_SEARCH_LENGTH, errors));
        from = Days.day(query, "from", errors).map(Object::toString).orElse("");
        to = Days.day(query, "to", errors).map(Object::toString).orElse("");
        if (!from.isEmpty() && !to.isEmpty() && from.compareTo(to) > 0) {
            errors.add("from", "must not be after to");
        }
        oldestFirst = query.choice("order", ORDERS, errors).equals("asc");
        page = PlacedPage.from(query, oldestFirst ? "orders_asc" : "orders_desc", errors);
    }

    /**
     * Reads {@code status}, {@code orderId}, {@code customer}, {@code book}, {@code from}, {@code to}, {@code order}, {@code limit},
     * {@code offset} and {@code next}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one, and every other parameter
     */
    public static OrderQuery from(QueryParameters parameters) {
        FieldErrors errors = new FieldErrors();
        OrderQuery query = new OrderQuery(parameters, errors);
        errors.throwIfAny();
        return query;
    }

    /** Empty for any. */
    public String status() {
        return status;
    }

    /** 0 for any. */
    public int orderId() {
        return orderId;
    }

    /** A part of the customer's email address or of the recipient's name; empty for any. */
    public String customer() {
        return customer;
    }

    /** Finds one of the books of the order; empty for any. */
    public SearchText book() {
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

    public PlacedPage page() {
        return page;
    }
}
