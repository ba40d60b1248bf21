package com.books.bookstore.request;

import com.books.bookstore.domain.Isbn;
import com.books.bookstore.domain.Stock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which books staff look for, and in what order. Immutable. */
public final class InventoryQuery {

    private static final Set<String> PARAMETERS = Page.with("q", "maxStock", "sort", "order");
    private static final List<String> SORTS = List.of("title", "price", "stock");
    private static final int MAX_SEARCH_LENGTH = 200;
    /** Part of an ISBN, with or without hyphens and blanks. */
    private static final Pattern DIGITS = Pattern.compile("[0-9][0-9\\- ]{2,16}[0-9Xx]");

    private final String pattern;
    private final String isbn;
    private final int maxStock;
    private final String sort;
    private final Page page;

    private InventoryQuery(QueryParameters query, FieldErrors errors) {
        query.refuseOthersThan(PARAMETERS, errors);
        String search = query.search("q", MAX_SEARCH_LENGTH, errors);
        pattern = search.isEmpty() ? "%" : LikePatterns.containing(search);
        isbn = isbnPattern(search);
        maxStock = query.number("maxStock", 0, Stock.MAXIMUM, -1, errors);
        sort = query.choice("sort", SORTS, errors) + "_" + query.choice("order", BookQuery.ORDERS, errors);
        page = Page.from(query, errors);
    }

    /**
     * Reads {@code q}, {@code maxStock}, {@code sort}, {@code order}, {@code limit} and {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one, and every other parameter
     */
    public static InventoryQuery from(QueryParameters parameters) {
        FieldErrors errors = new FieldErrors();
        InventoryQuery query = new InventoryQuery(parameters, errors);
        errors.throwIfAny();
        return query;
    }

    private static String isbnPattern(String search) {
        return Isbn.parse(search)
                .map(Isbn::digits)
                .orElseGet(() -> DIGITS.matcher(search).matches() ? "%" + search.replaceAll("[^0-9]", "") + "%" : "");
    }

    /** An SQL LIKE pattern, escape character {@code !}, for title and author. */
    public String pattern() {
        return pattern;
    }

    /** The same for the ISBN; empty if the search cannot be part of an ISBN. */
    public String isbn() {
        return isbn;
    }

    /** Copies in stock at most; -1 for any number. */
    public int maxStock() {
        return maxStock;
    }

    /** {@code title}, {@code price} or {@code stock}, with {@code _asc} or {@code _desc}. */
    public String sort() {
        return sort;
    }

    public Page page() {
        return page;
    }
}
