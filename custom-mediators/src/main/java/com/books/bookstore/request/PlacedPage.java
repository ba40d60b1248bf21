package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Which part of a list is wanted whose rows have numbers, or a number and a text. Immutable. */
public final class PlacedPage {

    private static final Set<String> PARAMETERS = Page.with("next");
    private static final int MAX_TEXT_LENGTH = 255;

    private final String list;
    private final Page page;
    private final String number;
    private final String text;

    private PlacedPage(String list, Page page, String number, String text) {
        this.list = list;
        this.page = page;
        this.number = number;
        this.text = text;
    }

    /**
     * Reads {@code limit}, {@code offset} and {@code next}.
     *
     * @param list what tells places of this list from those of others
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one, and every other parameter
     */
    public static PlacedPage from(QueryParameters query, String list) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        PlacedPage page = from(query, list, errors);
        errors.throwIfAny();
        return page;
    }

    /** The same beside other fields. */
    static PlacedPage from(QueryParameters query, String list, FieldErrors errors) {
        Page page = Page.from(query, errors);
        Optional<JsonNode> row = Place.row(query, list, PlacedPage::isRow, errors);
        return new PlacedPage(
                list,
                page,
                row.map(values -> values.path(0).asText()).orElse("0"),
                row.map(values -> values.path(1).asText()).orElse(""));
    }

    private static boolean isRow(JsonNode row) {
        return row.path(0).canConvertToLong()
                && row.path(0).isIntegralNumber()
                && row.path(0).longValue() > 0
                && (row.size() == 1
                        || row.size() == 2
                                && row.path(1).isTextual()
                                && isText(row.path(1).textValue()));
    }

    private static boolean isText(String text) {
        return Texts.length(text) <= MAX_TEXT_LENGTH && !Texts.hasForbiddenCharacters(text);
    }

    /** What tells places of this list from those of others. */
    public String list() {
        return list;
    }

    public Page page() {
        return page;
    }

    /** Number of the last row of the page before; 0 at the start of the list. */
    public String number() {
        return number;
    }

    /** Text of that row; empty for none. */
    public String text() {
        return text;
    }
}
