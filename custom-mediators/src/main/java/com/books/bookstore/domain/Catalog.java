package com.books.bookstore.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The books and the promotion that an order asks for, as they were read at one moment. Immutable. */
public final class Catalog {

    private final Map<Integer, Book> books;
    private final Promotion promotion;

    /**
     * @param books     books on sale
     * @param promotion the promotion the order names, or null if there is none of that name
     */
    public Catalog(Iterable<Book> books, Promotion promotion) {
        Map<Integer, Book> byId = new HashMap<>();
        for (Book book : books) {
            byId.put(book.bookId(), book);
        }
        this.books = byId;
        this.promotion = promotion;
    }

    public Optional<Book> find(int bookId) {
        return Optional.ofNullable(books.get(bookId));
    }

    /** The numbers of all books of an order that are not on sale, ascending. */
    public List<Integer> missing(OrderRequest request) {
        List<Integer> missing = new ArrayList<>(0);
        for (OrderLine line : request.lines()) {
            if (!books.containsKey(line.bookId())) {
                missing.add(line.bookId());
            }
        }
        return missing;
    }

    public Optional<Promotion> promotion() {
        return Optional.ofNullable(promotion);
    }

    Book get(int bookId) {
        Book book = books.get(bookId);
        if (book == null) {
            throw new IllegalArgumentException("Book " + bookId + " is not on sale");
        }
        return book;
    }
}
