package com.books.bookstore.benchmark.springboot;

import com.books.bookstore.domain.Book;
import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedLine;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.StockValidation;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.request.OrderBody;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places an order without promotion code and address in one transaction of single statements: key, older orders of the address, books under
 * lock, prices, stock, and the rows that the bookstore's procedure writes, with the email in the outbox. Thread-safe.
 */
@Service
class OrderService {

    private static final String CURRENCY = "USD";
    /** As long as administrators chose none. */
    private static final String QUANTITY_TIERS = "5:5,10:10,25:15";

    private final TaxRate taxRate = TaxRate.parse("0.00");
    private final JdbcTemplate database;
    private final JdbcClient client;
    private final ObjectMapper json;

    OrderService(JdbcTemplate database, JdbcClient client, ObjectMapper json) {
        this.database = database;
        this.client = client;
        this.json = json;
    }

    record Customer(String subject, String email) {}

    /** @param document the order, or null if it was refused */
    record Outcome(String document) {

        private static final Outcome REFUSED = new Outcome(null);

        boolean refused() {
            return document == null;
        }
    }

    private record Previous(int orderId, String fingerprint) {}

    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Outcome place(Customer customer, String key, OrderRequest request) {
        String fingerprint = OrderBody.fingerprint(request);
        Optional<Previous> previous = previous(customer, key);
        if (previous.isPresent()) {
            return previous.get().fingerprint().equals(fingerprint)
                    ? new Outcome(document(previous.get().orderId()))
                    : Outcome.REFUSED;
        }
        database.update(
                "UPDATE orders SET customer_subject = ? WHERE owner = ?",
                customer.subject(),
                "email:" + customer.email());
        addToSearch(customer.email());
        OrderPricing pricing = new OrderPricing(quantityDiscounts());
        Catalog catalog = new Catalog(lockedBooks(request), null);
        if (!catalog.missing(request).isEmpty()
                || !StockValidation.shortages(request, catalog).isEmpty()) {
            return Outcome.REFUSED;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        PricedOrder order = pricing.price(request, catalog, now);
        OrderTotals totals = OrderTotals.of(order, taxRate);
        int orderId = insertOrder(customer, key, fingerprint, totals);
        insertLines(orderId, order);
        takeFromStock(orderId, customer, order, catalog);
        database.update(
                "INSERT INTO payments (order_id, payment_amount, payment_status) VALUES (?, ?, 'pending')",
                orderId,
                totals.totalAmount());
        database.update(
                "INSERT INTO order_history (order_id, event, actor) VALUES (?, 'placed', ?)",
                orderId,
                customer.email());
        database.update("INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID())");
        String document = write(orderId, customer, now, order, totals);
        database.update(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, created_at, next_attempt_at)"
                        + " VALUES (?, 'order_placed', ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))",
                "order-" + orderId + "-placed",
                customer.email(),
                UUID.randomUUID() + "@books.com",
                document);
        return new Outcome(document);
    }

    private Optional<Previous> previous(Customer customer, String key) {
        return database
                .query(
                        "SELECT order_id, request_fingerprint FROM orders WHERE owner = ? AND idempotency_key = ?",
                        (row, number) -> new Previous(row.getInt(1), row.getString(2)),
                        "sub:" + customer.subject(),
                        key)
                .stream()
                .findFirst();
    }

    /** Staff find orders by parts of the address. */
    private void addToSearch(String email) {
        int known = database.queryForObject(
                "SELECT COUNT(*) FROM order_texts WHERE kind = 'email' AND text = ?", Integer.class, email);
        if (known == 0) {
            database.update("CALL add_order_text('email', ?)", email);
        }
    }

    private QuantityDiscounts quantityDiscounts() {
        return QuantityDiscounts.parse(
                database.queryForList("SELECT tiers FROM quantity_discounts WHERE id = 1", String.class).stream()
                        .findFirst()
                        .orElse(QUANTITY_TIERS));
    }

    private String document(int orderId) {
        return database.queryForObject(
                "SELECT JSON_SET(document, '$.status', 'pending') FROM order_documents WHERE order_id = ?",
                String.class,
                orderId);
    }

    /** In ascending order, so that orders do not wait for each other in a circle. */
    private List<Book> lockedBooks(OrderRequest request) {
        List<Integer> ids = request.lines().stream().map(OrderLine::bookId).toList();
        return database.query(
                "SELECT book_id, title, price, stock_quantity FROM books WHERE book_id IN ("
                        + String.join(", ", Collections.nCopies(ids.size(), "?"))
                        + ") AND deleted_at IS NULL ORDER BY book_id FOR UPDATE",
                (row, number) -> new Book(row.getInt(1), row.getString(2), row.getBigDecimal(3), row.getInt(4)),
                ids.toArray());
    }

    private int insertOrder(Customer customer, String key, String fingerprint, OrderTotals totals) {
        KeyHolder id = new GeneratedKeyHolder();
        client.sql("INSERT INTO orders (customer_subject, user_email, payment_status, total_amount, currency, subtotal,"
                        + " discount_total, tax_rate, tax_total, idempotency_key, request_fingerprint)"
                        + " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        customer.subject(),
                        customer.email(),
                        totals.totalAmount(),
                        CURRENCY,
                        totals.subtotal(),
                        totals.discountTotal(),
                        taxRate.value(),
                        totals.taxTotal(),
                        key,
                        fingerprint)
                .update(id, "order_id");
        return id.getKeyAs(Number.class).intValue();
    }

    private void insertLines(int orderId, PricedOrder order) {
        database.batchUpdate(
                "INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                order.lines().stream()
                        .map(line -> new Object[] {
                            orderId,
                            line.bookId(),
                            line.quantity(),
                            line.title(),
                            line.unitPrice(),
                            line.discount(),
                            line.lineTotal()
                        })
                        .toList());
    }

    private void takeFromStock(int orderId, Customer customer, PricedOrder order, Catalog catalog) {
        database.batchUpdate(
                "UPDATE books SET stock_quantity = stock_quantity - ?, version = version + 1 WHERE book_id = ?",
                order.lines().stream()
                        .map(line -> new Object[] {line.quantity(), line.bookId()})
                        .toList());
        database.batchUpdate(
                "INSERT INTO stock_movements (book_id, type, stock_change, stock_after, order_id, actor)"
                        + " VALUES (?, 'sold', ?, ?, ?, ?)",
                order.lines().stream()
                        .map(line -> new Object[] {
                            line.bookId(),
                            -line.quantity(),
                            catalog.find(line.bookId()).orElseThrow().stockQuantity() - line.quantity(),
                            orderId,
                            customer.email()
                        })
                        .toList());
    }

    private String write(int orderId, Customer customer, Instant now, PricedOrder order, OrderTotals totals) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("orderId", orderId);
        document.put("status", "pending");
        document.put("userEmail", customer.email());
        document.put("orderDate", now.toString());
        document.put("currency", CURRENCY);
        document.put("items", order.lines().stream().map(OrderService::write).toList());
        document.put("subtotal", totals.subtotal());
        document.put("discountTotal", totals.discountTotal());
        document.put("taxTotal", totals.taxTotal());
        document.put("totalAmount", totals.totalAmount());
        document.put("promoCode", null);
        document.put("deliveryAddress", null);
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> write(PricedLine line) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("bookId", line.bookId());
        item.put("title", line.title());
        item.put("quantity", line.quantity());
        item.put("unitPrice", line.unitPrice());
        item.put("discount", line.discount());
        item.put("lineTotal", line.lineTotal());
        return item;
    }
}
