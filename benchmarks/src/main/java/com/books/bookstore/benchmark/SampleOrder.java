package com.books.bookstore.benchmark;

import com.books.bookstore.domain.Book;
import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.Promotion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The order that is measured: ten lines in every quantity tier, a promotion code, a tax rate that makes every total round. */
final class SampleOrder {

    static final String QUANTITY_TIERS = "5:5,10:10,25:15";
    static final String TAX_RATE = "0.0825";
    static final String CURRENCY = "USD";

    private static final String PROMO_CODE = "AUTUMN7";
    private static final int[] QUANTITIES = {1, 2, 3, 5, 7, 10, 12, 1, 25, 40};

    private SampleOrder() {}

    static OrderRequest request() {
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < QUANTITIES.length; i++) {
            lines.add(new OrderLine(bookId(i), QUANTITIES[i]));
        }
        return OrderRequest.merging(lines, PROMO_CODE);
    }

    /** Prices with odd cents, and enough of every book. */
    static Catalog catalog() {
        List<Book> books = new ArrayList<>();
        for (int i = 0; i < QUANTITIES.length; i++) {
            books.add(new Book(bookId(i), "Book " + i, BigDecimal.valueOf(799 + 377L * i, 2), 1_000));
        }
        return new Catalog(books, new Promotion(PROMO_CODE, new BigDecimal("7.5"), Instant.EPOCH, null));
    }

    private static int bookId(int line) {
        return 101 + 13 * line;
    }
}
