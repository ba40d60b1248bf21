package com.books.bookstore.request;

import com.books.bookstore.domain.Stock;
import java.util.List;
import java.util.Set;

/** Which books a caller looks for, and in what order. Immutable. */
public final class BookQuery {

    private static final Set<String> PARAMETERS = Page.with("q", "category", "sort", "order", "next");
    private static final Set<String> STAFF_PARAMETERS = Page.with("q", "maxStock", "sort", "order", "next");
    private static final int MAX_SEARCH_LENGTH = 200;
    private static final List<String> SORTS = List.of("title", "price", "relevance");
    private static final List<String> STAFF_SORTS = List.of("title", "price", "stock", "relevance");
    private static final String BY_RELEVANCE = "relevance";
    private static final List<String> ORDERS = List.of("asc", "desc");

    private final SearchText search;
    private final String category;
    private final int maxStock;
    private final String sort;
    private final Page page;
    private final String place;

    private BookQuery(QueryParameters query, boolean staff, FieldErrors errors) {
        query.refuseOthersThan(staff ? STAFF_PARAMETERS : PARAMETERS, errors);
        search = SearchText.of(query.search("q", MAX_SEARCH_LENGTH, errors));
        category = staff ? "" : category(query, errors);
        maxStock = staff ? query.number("maxStock", 0, Stock.MAXIMUM, -1, errors) : -1;
        String by = query.choice("sort", staff ? STAFF_SORTS : SORTS, errors);
        String order = query.choice("order", ORDERS, errors);
        sort = sort(query.get("sort").isPresent() ? by : BY_RELEVANCE, order);
        page = Page.from(query, errors);
        place = Place.from(query, sort, errors);
    }

    private static String category(QueryParameters query, FieldErrors errors) {
        if (query.get("category").map(Texts::isBlank).orElse(false)) {
            errors.add("category", "must not be blank");
        }
        return query.search("category", BookDetails.MAX_CATEGORY, errors);
    }

    /** Without words to look for nothing is more relevant than anything else: the list is by title. The best always come first. */
    private String sort(String by, String order) {
        if (!by.equals(BY_RELEVANCE)) {
            return by + "_" + order;
        }
        return search.isEmpty() ? "title_" + order : BY_RELEVANCE + "_asc";
    }

    /**
     * Reads {@code q}, {@code category}, {@code sort}, {@code order}, {@code limit}, {@code offset} and {@code next}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one, and every other parameter
     */
    public static BookQuery from(QueryParameters query) {
        return from(query, false);
    }

    /** The same for staff, who ask for {@code maxStock} instead of {@code category} and sort by {@code stock}. */
    public static BookQuery ofStaff(QueryParameters query) {
        return from(query, true);
    }

    private static BookQuery from(QueryParameters parameters, boolean staff) {
        FieldErrors errors = new FieldErrors();
        BookQuery query = new BookQuery(parameters, staff, errors);
        errors.throwIfAny();
        return query;
    }

    public SearchText search() {
        return search;
    }

    /** The name of the category whose books are listed; empty for any. */
    public String category() {
        return category;
    }

    /** Copies in stock at most; -1 for any number. */
    public int maxStock() {
        return maxStock;
    }

    /** {@code title}, {@code price} or {@code stock} with {@code _asc} or {@code _desc}, or {@code relevance_asc}. */
    public String sort() {
        return sort;
    }

    public Page page() {
        return page;
    }

    /** JSON of the row after which the page begins, as the database gave it; empty for the start of the list. */
    public String place() {
        return place;
    }
}
