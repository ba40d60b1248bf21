package com.books.bookstore.request;

import com.books.bookstore.domain.Book;
import com.books.bookstore.domain.Money;
import com.books.bookstore.domain.OrderRules;
import com.books.bookstore.domain.PricedLine;
import com.books.bookstore.domain.PricedOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Lines of an order that have their prices, as an integration flow hands them over. */
public final class PricedLinesBody {

    private static final int MAX_TITLE_LENGTH = 255;

    private PricedLinesBody() {}

    /**
     * @param items JSON array of {@code {"bookId","quantity","unitPrice","discount"?,"title"?,"lineTotal"?}}; amounts are numbers with at
     *              most two decimals. A lineTotal has to be what the others make: a line that contradicts itself was tampered with
     * @return the order, lines in ascending order of their books
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static PricedOrder parse(String items) {
        FieldErrors errors = new FieldErrors();
        Map<Integer, PricedLine> lines = new TreeMap<>();
        JsonNode array = JsonFields.tree("items", items, errors);
        if (array.isArray()) {
            if (array.isEmpty() || array.size() > OrderRules.MAX_BOOKS) {
                errors.add("items", "must have 1 to " + OrderRules.MAX_BOOKS + " items");
            }
            for (int i = 0; i < array.size(); i++) {
                PricedLine line = line(array.get(i), "items[" + i + "]", errors);
                if (line != null && lines.put(line.bookId(), line) != null) {
                    errors.add("items[" + i + "].bookId", "is a duplicate");
                }
            }
        } else if (!array.isMissingNode()) {
            errors.add("items", "must be an array");
        }
        errors.throwIfAny();
        return PricedOrder.of(lines.values());
    }

    /** Null if something is wrong with it, which the errors then say. */
    private static PricedLine line(JsonNode node, String path, FieldErrors errors) {
        int before = errors.count();
        int bookId = JsonFields.integer(node, "bookId", path + ".bookId", 1, Integer.MAX_VALUE, errors);
        int quantity = JsonFields.integer(node, "quantity", path + ".quantity", 1, OrderRules.MAX_QUANTITY, errors);
        String title = JsonFields.text(node, "title", path + ".title", MAX_TITLE_LENGTH, errors);
        BigDecimal unitPrice = JsonFields.amount(node, "unitPrice", path + ".unitPrice", Money.MAXIMUM, errors);
        BigDecimal gross = unitPrice.multiply(BigDecimal.valueOf(quantity));
        BigDecimal discount = node.path("discount").isMissingNode()
                ? Money.ZERO
                : JsonFields.amount(node, "discount", path + ".discount", gross, errors);
        if (errors.count() != before) {
            return null;
        }
        // The stock does not matter any more: what is added up here has been priced.
        PricedLine line = PricedLine.of(new Book(bookId, title, unitPrice, quantity), quantity, discount);
        JsonNode lineTotal = node.path("lineTotal");
        if (!lineTotal.isMissingNode()
                && (!lineTotal.isNumber() || lineTotal.decimalValue().compareTo(line.lineTotal()) != 0)) {
            errors.add(path + ".lineTotal", "must be " + line.lineTotal().toPlainString());
        }
        return line;
    }
}
