package com.books.bookstore.benchmark.load;

import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.StockValidation;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.request.OrderBody;
import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.HttpOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same two answers as the bookstore's, by a handler and JDBC alone: the same HTTP server, connection pool, driver settings, SQL (read
 * from the data services) and order rules; no Synapse, no data-services engine, no access control, no checks of what comes in. What the
 * bookstore takes more than this is the price of its engines. Thread-safe.
 */
final class PlainServer implements AutoCloseable {

    /** Tells who orders. */
    static final String CUSTOMER_HEADER = "X-Customer";

    private static final String BOOKS = "/catalog/v1/books/";
    private static final String ORDERS = "/orders/v1/orders";
    private static final int MAX_THREADS = 64;
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int MAX_CONNECTIONS = 40;
    private static final String CURRENCY = "USD";
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private final ObjectMapper mapper = new ObjectMapper();
    private final OrderPricing pricing = new OrderPricing(QuantityDiscounts.parse("5:5,10:10,25:15"));
    private final TaxRate taxRate = TaxRate.parse("0.00");
    private final DataServiceQueries.Query getBook;
    private final DataServiceQueries.Query getOrderContext;
    private final DataServiceQueries.Query placeOrder;
    private final HikariDataSource dataSource;
    private final HttpFrontEnd http;

    /** @param dataServices the directory with the .dbs files */
    PlainServer(Path dataServices, String jdbcUrl, String user, String password) throws IOException {
        getBook = new DataServiceQueries(dataServices.resolve("BookDataService.dbs")).query("getBookQuery");
        DataServiceQueries orders = new DataServiceQueries(dataServices.resolve("OrderDataService.dbs"));
        getOrderContext = orders.query("getOrderContextQuery");
        placeOrder = orders.query("placeOrderQuery");
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(2);
        dataSource = new HikariDataSource(pool);
        http = new HttpFrontEnd(
                new HttpOptions("plain", "localhost", 0, MAX_THREADS, MAX_BODY_BYTES, ""), this::handle);
    }

    URI baseUri() {
        return http.baseUri();
    }

    @Override
    public void close() {
        http.close();
        dataSource.close();
    }

    private void handle(HttpExchange exchange) {
        try (Connection connection = dataSource.getConnection()) {
            if (exchange.method().equals("GET") && exchange.target().startsWith(BOOKS)) {
                readBook(exchange, connection);
            } else if (exchange.method().equals("POST") && exchange.target().equals(ORDERS)) {
                placeOrder(exchange, connection);
            } else {
                exchange.answer(404, JSON, new byte[0]);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readBook(HttpExchange exchange, Connection connection) throws SQLException {
        int bookId = Integer.parseInt(exchange.target().substring(BOOKS.length()));
        try (PreparedStatement statement = getBook.prepare(connection, Map.of("bookId", bookId));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                exchange.answer(404, JSON, new byte[0]);
                return;
            }
            exchange.answer(
                    200,
                    Map.of(
                            "Content-Type",
                            List.of("application/json"),
                            "ETag",
                            List.of('"' + row.getString("version") + '"')),
                    row.getString("document").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void placeOrder(HttpExchange exchange, Connection connection) throws SQLException, IOException {
        String customer = exchange.requestHeaders().get(CUSTOMER_HEADER);
        String key = exchange.requestHeaders().get("Idempotency-Key");
        OrderRequest request = order(exchange.requestBody());
        Context context = context(connection, request, customer, key);
        Catalog catalog = context.catalog();
        PricedOrder priced = pricing.price(request, catalog, Instant.now());
        if (!StockValidation.shortages(request, catalog).isEmpty()) {
            exchange.answer(409, JSON, new byte[0]);
            return;
        }
        String order = OrderDocuments.forDatabase(priced, OrderTotals.of(priced, taxRate), CURRENCY);
        try (PreparedStatement statement = placeOrder.prepare(
                        connection,
                        Map.of(
                                "subject",
                                customer,
                                "userEmail",
                                customer,
                                "actor",
                                customer,
                                "idempotencyKey",
                                key,
                                "fingerprint",
                                OrderBody.fingerprint(request),
                                "taxRate",
                                taxRate.value(),
                                "order",
                                order,
                                "known",
                                context.known(),
                                "correlationId",
                                ""));
                ResultSet row = statement.executeQuery()) {
            row.next();
            boolean placed = "placed".equals(row.getString("outcome"));
            exchange.answer(
                    placed ? 201 : 409,
                    JSON,
                    placed ? row.getString("document").getBytes(StandardCharsets.UTF_8) : new byte[0]);
        }
    }

    private OrderRequest order(byte[] body) throws IOException {
        JsonNode json = mapper.readTree(body);
        List<OrderLine> lines = new ArrayList<>();
        for (JsonNode item : json.get("items")) {
            lines.add(new OrderLine(
                    item.get("bookId").intValue(), item.get("quantity").intValue()));
        }
        return OrderRequest.merging(lines, json.path("promoCode").textValue());
    }

    /** What the database knows before. */
    private record Context(Catalog catalog, int known) {}

    private Context context(Connection connection, OrderRequest request, String customer, String key)
            throws SQLException {
        try (PreparedStatement statement = getOrderContext.prepare(
                        connection,
                        Map.of(
                                "bookIds",
                                OrderBody.bookIds(request),
                                "promoCode",
                                request.promoCode().orElse(""),
                                "subject",
                                customer,
                                "userEmail",
                                customer,
                                "idempotencyKey",
                                key));
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Context(
                    OrderDocuments.catalog(row.getString("books"), row.getString("promotion")), row.getInt("known"));
        }
    }
}
