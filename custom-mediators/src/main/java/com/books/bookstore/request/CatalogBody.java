package com.books.bookstore.request;

import com.books.bookstore.domain.Book;
import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.Money;
import com.books.bookstore.domain.Promotion;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The books and the promotion that an order is priced against, as an integration flow hands them over. */
public final class CatalogBody {

    private static final int MAX_TITLE_LENGTH = 255;

    private CatalogBody() {}

    /**
     * @param books     JSON array of {@code {"bookId","title"?,"price","stockQuantity"}}: a price is a number with at most two decimals
     * @param promotion JSON object {@code {"code","percentOff","validFrom"?,"validUntil"?}} with times as of ISO 8601 with an offset, or
     *                  blank, {@code null} or null for none; without validFrom it has always been valid
     * @return the books and the promotion
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static Catalog parse(String books, String promotion) {
        FieldErrors errors = new FieldErrors();
        List<Book> found = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        JsonNode array = JsonFields.tree("books", books, errors);
        if (array.isArray()) {
            for (int i = 0; i < array.size(); i++) {
                Book book = book(array.get(i), "books[" + i + "]", errors);
                if (book != null && !numbers.add(book.bookId())) {
                    errors.add("books[" + i + "].bookId", "is a duplicate");
                }
                found.add(book);
            }
        } else if (!array.isMissingNode()) {
            errors.add("books", "must be an array");
        }
        Promotion valid = promotion == null || promotion.isBlank()
                ? null
                : promotion(JsonFields.tree("promotion", promotion, errors), errors);
        errors.throwIfAny();
        return new Catalog(found, valid);
    }

    /** Null if something is wrong with it, which the errors then say. */
    private static Book book(JsonNode node, String path, FieldErrors errors) {
        int before = errors.count();
        int bookId = JsonFields.integer(node, "bookId", path + ".bookId", 1, Integer.MAX_VALUE, errors);
        BigDecimal price = JsonFields.amount(node, "price", path + ".price", Money.MAXIMUM, errors);
        int stock = JsonFields.integer(node, "stockQuantity", path + ".stockQuantity", 0, Integer.MAX_VALUE, errors);
        String title = JsonFields.text(node, "title", path + ".title", MAX_TITLE_LENGTH, errors);
        return errors.count() == before ? new Book(bookId, title, price, stock) : null;
    }

    private static Promotion promotion(JsonNode node, FieldErrors errors) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        int before = errors.count();
        String code =
                JsonFields.text(node, "code", "promotion.code", 40, errors).toUpperCase(Locale.ROOT);
        if (code.isEmpty() && errors.count() == before) {
            errors.add("promotion.code", "is required");
        }
        BigDecimal percentOff = JsonFields.percentage(node, "percentOff", "promotion.percentOff", errors);
        Instant from = instant(node, "validFrom", errors);
        Instant until = instant(node, "validUntil", errors);
        return errors.count() == before
                ? new Promotion(code, percentOff, from == null ? Instant.MIN : from, until)
                : null;
    }

    private static Instant instant(JsonNode node, String name, FieldErrors errors) {
        String text = JsonFields.text(node, name, "promotion." + name, 40, errors);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            errors.add("promotion." + name, "must be a time such as 2026-11-22T18:31:00Z");
            return null;
        }
    }
}
