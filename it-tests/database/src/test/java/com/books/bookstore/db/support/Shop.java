package com.books.bookstore.db.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls the procedures as the data services do. */
public final class Shop {

    public static final String CUSTOMER = "customer@books.com";
    public static final String STAFF = "staff@books.com";
    /** What every request of the tests is called. */
    public static final String CORRELATION_ID = "the-request";
    /** What every book of {@link #addBook(String, int)} costs. */
    public static final BigDecimal PRICE = new BigDecimal("9.90");

    /** What an order is taxed with, as {@link #orderJson} does. */
    public static final BigDecimal TAX_RATE = new BigDecimal("0.08");

    private static final Pattern BOOK_TO_NAME = Pattern.compile("\"title of book ([0-9]+)\"");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final TestDatabase database;

    public Shop(TestDatabase database) {
        this.database = database;
    }

    /** What a procedure answered. */
    public record Answer(String outcome, String text, JsonNode document, Integer version) {

        public static Answer of(List<Map<String, Object>> rows) {
            Map<String, Object> row = rows.get(0);
            String text = (String) row.get("document");
            return new Answer(
                    (String) row.get("outcome"),
                    text,
                    text == null ? null : json(text),
                    row.get("version") == null ? null : ((Number) row.get("version")).intValue());
        }

        public int id(String name) {
            return document.get(name).asInt();
        }
    }

    /** What a token says of a customer. */
    public record Account(String subject, String email) {

        /** Staff, who see and process the orders of all customers. */
        public static final Account STAFF = new Account("", "");

        /** The only account that this address ever had. */
        public static Account of(String email) {
            return email.isEmpty() ? STAFF : new Account("account of " + email, email);
        }
    }

    /** One line of an order. */
    public record Line(int bookId, int quantity, BigDecimal unitPrice, BigDecimal discount) {

        public static Line of(int bookId, int quantity) {
            return new Line(bookId, quantity, PRICE, new BigDecimal("0.00"));
        }

        private BigDecimal gross() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }
    }

    public int addBook(String title, int stock) {
        return createBook(title, "", "", PRICE, stock).id("bookId");
    }

    public Answer createBook(String title, String author, String isbn, BigDecimal price, int stock) {
        return createBook(title, author, isbn, "{}", price, stock);
    }

    /** @param details JSON, as set_book_details takes it */
    public Answer createBook(String title, String author, String isbn, String details, BigDecimal price, int stock) {
        return Answer.of(database.rows(
                "CALL create_book(?, ?, ?, ?, ?, ?, ?)", title, author, isbn, details, price, stock, STAFF));
    }

    public Answer updateBook(
            int bookId, String expectedVersion, String title, String author, String isbn, BigDecimal price) {
        return updateBook(bookId, expectedVersion, title, author, isbn, price, "");
    }

    /** @param stock what the caller takes the stock to be; empty if it does not say */
    public Answer updateBook(
            int bookId,
            String expectedVersion,
            String title,
            String author,
            String isbn,
            BigDecimal price,
            String stock) {
        return updateBook(bookId, expectedVersion, title, author, isbn, "{}", price, stock);
    }

    /** @param details JSON, as set_book_details takes it */
    public Answer updateBook(
            int bookId,
            String expectedVersion,
            String title,
            String author,
            String isbn,
            String details,
            BigDecimal price,
            String stock) {
        return Answer.of(database.rows(
                "CALL update_book(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                bookId,
                expectedVersion,
                title,
                author,
                isbn,
                details,
                price,
                stock,
                STAFF));
    }

    /** A movement under a key of its own. */
    public Answer changeStock(int bookId, String type, int change) {
        return changeStock(bookId, type, change, "", UUID.randomUUID().toString());
    }

    public Answer changeStock(int bookId, String type, int change, String reason, String idempotencyKey) {
        return Answer.of(database.rows(
                "CALL change_stock(?, ?, ?, ?, ?, ?)", bookId, type, change, reason, STAFF, idempotencyKey));
    }

    /** The sum of a book's movements, which has to be its stock. */
    public int movements(int bookId) {
        return (int)
                database.count("SELECT COALESCE(SUM(stock_change), 0) FROM stock_movements WHERE book_id = ?", bookId);
    }

    public Answer deleteBook(int bookId, String expectedVersion) {
        return Answer.of(database.rows("CALL delete_book(?, ?)", bookId, expectedVersion));
    }

    /** An order of the customer under a key of its own. */
    public Answer place(Line... lines) {
        return place(CUSTOMER, UUID.randomUUID().toString(), lines);
    }

    public Answer place(String userEmail, String idempotencyKey, Line... lines) {
        return place(Account.of(userEmail), idempotencyKey, lines);
    }

    /** The fingerprint is that of the lines: other lines are another request. */
    public Answer place(Account customer, String idempotencyKey, Line... lines) {
        String order = orderJson(null, lines);
        return place(customer, idempotencyKey, "%064x".formatted(order.hashCode() & 0xffffffffL), order);
    }

    public Answer place(String userEmail, String idempotencyKey, String fingerprint, String order) {
        return place(Account.of(userEmail), idempotencyKey, fingerprint, order);
    }

    public Answer place(Account customer, String idempotencyKey, String fingerprint, String order) {
        return Answer.of(database.rows(
                "CALL place_order(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                customer.subject(),
                customer.email(),
                customer.email(),
                idempotencyKey,
                fingerprint,
                TAX_RATE,
                withTitles(order),
                0,
                CORRELATION_ID));
    }

    /** The titles that {@link #orderJson} does not know. */
    private String withTitles(String order) {
        return BOOK_TO_NAME.matcher(order).replaceAll(book -> {
            List<Map<String, Object>> titles = database.rows(
                    "SELECT JSON_QUOTE(title) AS title FROM books WHERE book_id = ?", Integer.valueOf(book.group(1)));
            return Matcher.quoteReplacement(
                    titles.isEmpty() ? "\"\"" : (String) titles.get(0).get("title"));
        });
    }

    /** The numbers of an account's orders, newest first. */
    public List<Integer> orders(Account owner) {
        return orders(owner, "", 1000, 0);
    }

    public List<Integer> orders(Account owner, String status, int limit, int offset) {
        return page(database.rows(
                        "CALL list_orders(?, 0, '', '', '', '', 0, ?, ?, 0, ?, ?)",
                        status,
                        owner.subject(),
                        owner.email(),
                        limit,
                        offset))
                .stream()
                // One row more tells that there is a next page.
                .limit(limit)
                .map(row -> json((String) row.get("document")).get("orderId").asInt())
                .toList();
    }

    public Answer returnOrder(int orderId) {
        return Answer.of(database.rows("CALL return_order(?, ?, ?)", orderId, STAFF, CORRELATION_ID));
    }

    public Answer note(int orderId, String note) {
        return Answer.of(database.rows("CALL add_order_note(?, ?, ?)", orderId, STAFF, note));
    }

    public Answer complete(int orderId) {
        return Answer.of(database.rows("CALL complete_order(?, ?, ?)", orderId, STAFF, CORRELATION_ID));
    }

    /** @param owner the customer's email address; empty for staff */
    public Answer cancel(int orderId, String owner) {
        return cancel(orderId, Account.of(owner));
    }

    public Answer cancel(int orderId, Account owner) {
        return Answer.of(database.rows(
                "CALL cancel_order(?, ?, ?, ?, ?)",
                orderId,
                owner.equals(Account.STAFF) ? STAFF : owner.email(),
                owner.subject(),
                owner.email(),
                CORRELATION_ID));
    }

    public JsonNode orderDocument(int orderId) {
        return json((String) database.value("SELECT document FROM order_documents WHERE order_id = ?", orderId));
    }

    public int stock(int bookId) {
        return (int) database.count("SELECT stock_quantity FROM books WHERE book_id = ?", bookId);
    }

    public int version(int bookId) {
        return (int) database.count("SELECT version FROM books WHERE book_id = ?", bookId);
    }

    /** The order as it is priced before it reaches the database, its lines in ascending order of books. */
    public static String orderJson(String promoCode, Line... lines) {
        List<Line> sorted = Arrays.stream(lines)
                .sorted(Comparator.comparingInt(Line::bookId))
                .toList();
        BigDecimal subtotal = sorted.stream().map(Line::gross).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal discount = sorted.stream().map(Line::discount).reduce(new BigDecimal("0.00"), BigDecimal::add);
        BigDecimal tax = subtotal.subtract(discount).multiply(TAX_RATE).setScale(2, RoundingMode.HALF_UP);
        String items = sorted.stream()
                .map(line ->
                        "{\"bookId\":%1$d,\"title\":\"title of book %1$d\",\"quantity\":%2$d,\"unitPrice\":%3$s,\"discount\":%4$s,\"lineTotal\":%5$s}"
                                .formatted(
                                        line.bookId(),
                                        line.quantity(),
                                        line.unitPrice(),
                                        line.discount(),
                                        line.gross().subtract(line.discount())))
                .collect(Collectors.joining(","));
        return """
                {"currency":"USD","items":[%s],"subtotal":%s,"discountTotal":%s,"taxTotal":%s,"totalAmount":%s,\
                "promoCode":%s,"deliveryAddress":null}""".formatted(
                        items,
                        subtotal,
                        discount,
                        tax,
                        subtotal.subtract(discount).add(tax),
                        promoCode == null || promoCode.isEmpty() ? null : '"' + promoCode + '"');
    }

    /** The rows of a list without the last one, which counts. */
    public static List<Map<String, Object>> page(List<Map<String, Object>> rows) {
        return rows.subList(0, rows.size() - 1);
    }

    /** Numbers keep the digits they are written with. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + text, e);
        }
    }
}
