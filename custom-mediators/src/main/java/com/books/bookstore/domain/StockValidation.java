package com.books.bookstore.domain;

import java.util.ArrayList;
import java.util.List;

/** Compares an order with the stock. It tells customers early; the check that counts is made by the database, under lock. */
public final class StockValidation {

    private StockValidation() {}

    /**
     * @param request what is ordered
     * @param catalog every book of the request, with its stock
     * @return every line that the stock is too small for, by ascending book number; empty if all can be delivered
     * @throws IllegalArgumentException if the catalog lacks a book of the request
     */
    public static List<Shortage> shortages(OrderRequest request, Catalog catalog) {
        List<Shortage> shortages = new ArrayList<>(0);
        for (OrderLine line : request.lines()) {
            Book book = catalog.get(line.bookId());
            if (line.quantity() > book.stockQuantity()) {
                shortages.add(new Shortage(book, line.quantity()));
            }
        }
        return shortages;
    }
}
