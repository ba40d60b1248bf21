package com.books.bookstore.request;

import com.books.bookstore.domain.Isbn;
import com.books.bookstore.domain.Money;
import com.books.bookstore.domain.Stock;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** What staff say of a book they add or replace. Immutable. */
public final class BookData {

    private static final int MAX_TITLE = 255;
    private static final int MAX_AUTHOR = 255;
    /** Longer than an ISBN needs with any hyphens and blanks. */
    private static final int MAX_ISBN = 40;

    private final String title;
    private final String author;
    private final String isbn;
    private final BigDecimal price;
    private final Integer stockQuantity;
    private final BookDetails details;

    private BookData(
            String title, String author, String isbn, BookDetails details, BigDecimal price, Integer stockQuantity) {
        this.title = title;
        this.author = author;
        this.isbn = isbn;
        this.details = details;
        this.price = price;
        this.stockQuantity = stockQuantity;
    }

    /**
     * A book that is added.
     *
     * @param body {@code {"title","author"?,"isbn"?,"price","stockQuantity"}} and {@link BookDetails}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static BookData ofNewBook(JsonNode body) {
        return from(body, true);
    }

    /**
     * A book that is replaced. Its stock is not: the body may say what the caller takes it to be.
     *
     * @param body {@code {"title","author"?,"isbn"?,"price","stockQuantity"?}} and {@link BookDetails}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static BookData ofReplacement(JsonNode body) {
        return from(body, false);
    }

    private static BookData from(JsonNode body, boolean isNew) {
        FieldErrors errors = new FieldErrors();
        BookData book = read(body, isNew, errors);
        errors.throwIfAny();
        return book;
    }

    /** @param errors takes what is wrong; fields that are wrong are empty */
    static BookData read(JsonNode body, boolean isNew, FieldErrors errors) {
        String title = JsonFields.visibleText(body.path("title"), "title", MAX_TITLE, errors);
        String author = JsonFields.text(body, "author", MAX_AUTHOR, errors);
        String isbn = isbn(body, errors);
        BigDecimal price = price(body.path("price"), errors);
        // A stock above the maximum is possible for a book that exists: copies came back from orders.
        Integer stock = !isNew && !body.hasNonNull("stockQuantity")
                ? null
                : (Integer) JsonFields.integer(
                        body, "stockQuantity", "stockQuantity", 0, isNew ? Stock.MAXIMUM : Integer.MAX_VALUE, errors);
        BookDetails details = BookDetails.read(body, errors);
        return new BookData(title, author, isbn, details, price, stock);
    }

    private static String isbn(JsonNode body, FieldErrors errors) {
        String text = JsonFields.text(body, "isbn", MAX_ISBN, errors);
        Optional<Isbn> isbn = Isbn.parse(text);
        if (isbn.isEmpty() && !text.isEmpty()) {
            errors.add("isbn", "must be an ISBN-10 or ISBN-13 with a correct check digit");
        }
        return isbn.map(Isbn::digits).orElse("");
    }

    private static BigDecimal price(JsonNode node, FieldErrors errors) {
        if (node.isMissingNode() || node.isNull()) {
            errors.add("price", "is required");
        } else if (!node.isNumber()) {
            errors.add("price", "must be a number");
        } else {
            BigDecimal price = node.decimalValue();
            // Compared before anything is computed with it: 1e999999999 is a short text and a very long number.
            if (price.signum() < 0 || price.compareTo(Money.MAXIMUM) > 0) {
                errors.add("price", "must be from 0 to " + Money.MAXIMUM);
            } else if (price.stripTrailingZeros().scale() > Money.SCALE) {
                errors.add("price", "must have at most two decimals");
            } else {
                return price.stripTrailingZeros().setScale(Money.SCALE);
            }
        }
        return Money.ZERO;
    }

    public String title() {
        return title;
    }

    /** The author, or "" if it is not known. */
    public String author() {
        return author;
    }

    /** The ISBN as 13 digits, or "". */
    public String isbn() {
        return isbn;
    }

    public BookDetails details() {
        return details;
    }

    /** Price of one copy, two decimals. */
    public BigDecimal price() {
        return price;
    }

    /** Copies in stock; of a replaced book, what the caller takes them to be, or empty. */
    public OptionalInt stockQuantity() {
        return stockQuantity == null ? OptionalInt.empty() : OptionalInt.of(stockQuantity);
    }
}
