package com.books.bookstore.json;

import com.books.bookstore.domain.Book;
import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.DeliveryAddress;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedLine;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.Promotion;
import com.books.bookstore.domain.PromotionUses;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.Shortage;
import com.books.bookstore.domain.TaxRate;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON forms of an order that travel between the mediators, the database and the caller. Money has two decimals. */
public final class OrderDocuments {

    /** What databases write: a space or a T in the middle, fractions of a second or none, a Z or nothing at the end. Always UTC. */
    private static final DateTimeFormatter DATABASE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("['Z']")
            .toFormatter();

    private OrderDocuments() {}

    /**
     * Reads the snapshot that an order is priced against.
     *
     * @param books     JSON array of {@code {"bookId","title","price","stockQuantity"}}, or null for none
     * @param promotion JSON object {@code {"code","percentOff","validFrom","validUntil","maxUses","maxUsesPerCustomer","uses","usesByCustomer"}},
     *                  or null for none
     */
    public static Catalog catalog(String books, String promotion) {
        List<Book> found = new ArrayList<>();
        if (books != null) {
            for (JsonNode book : Json.parseTrusted(books)) {
                found.add(new Book(
                        book.required("bookId").intValue(),
                        book.required("title").textValue(),
                        book.required("price").decimalValue(),
                        book.required("stockQuantity").intValue()));
            }
        }
        return new Catalog(found, promotion == null ? null : promotion(Json.parseTrusted(promotion)));
    }

    private static Promotion promotion(JsonNode node) {
        JsonNode until = node.path("validUntil");
        return new Promotion(
                node.required("code").textValue(),
                node.required("percentOff").decimalValue(),
                instant(node.required("validFrom")),
                until.isTextual() ? instant(until) : null,
                new PromotionUses(
                        node.path("uses").intValue(),
                        limit(node.path("maxUses")),
                        node.path("usesByCustomer").intValue(),
                        limit(node.path("maxUsesPerCustomer"))));
    }

    private static Integer limit(JsonNode node) {
        return node.isNumber() ? (Integer) node.intValue() : null;
    }

    private static Instant instant(JsonNode node) {
        return LocalDateTime.parse(node.textValue(), DATABASE_TIME).toInstant(ZoneOffset.UTC);
    }

    /** The order as the procedure {@code place_order} takes it: the order's document without what the database adds in front. */
    public static String forDatabase(PricedOrder order, OrderTotals totals, String currency) {
        return Json.writeAsDatabase(json -> {
            json.writeStartObject();
            json.writeStringField("currency", currency);
            json.writeArrayFieldStart("items");
            for (PricedLine line : order.lines()) {
                json.writeStartObject();
                json.writeNumberField("bookId", line.bookId());
                json.writeStringField("title", line.title());
                writeAmounts(json, line);
                json.writeEndObject();
            }
            json.writeEndArray();
            writeTotals(json, totals);
            json.writeStringField("promoCode", order.promoCode().orElse(null));
            json.writeFieldName("deliveryAddress");
            if (order.deliveryAddress().isPresent()) {
                writeAddress(json, order.deliveryAddress().get());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    private static void writeAddress(JsonGenerator json, DeliveryAddress address) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", address.name());
        json.writeArrayFieldStart("lines");
        for (String line : address.lines()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeStringField("postalCode", address.postalCode().isEmpty() ? null : address.postalCode());
        json.writeStringField("city", address.city());
        json.writeStringField("country", address.country());
        json.writeEndObject();
    }

    /**
     * What the shop wants to know of the delivery of a new order: {@code {"rule","address"}}.
     *
     * @param rule    required, optional or off
     * @param address the customer's last address as JSON, or null
     */
    public static String delivery(String rule, String address) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("rule", rule);
            json.writeFieldName("address");
            if (address == null) {
                json.writeNull();
            } else {
                json.writeRawValue(address);
            }
            json.writeEndObject();
        });
    }

    /**
     * Quantity discounts: {@code {"tiers":[{"copies","percentOff"}]}}.
     *
     * @param tiers as {@link QuantityDiscounts#parse} takes them
     */
    public static String quantityDiscounts(String tiers) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("tiers");
            for (Map.Entry<Integer, BigDecimal> tier :
                    QuantityDiscounts.parse(tiers).percents().entrySet()) {
                json.writeStartObject();
                json.writeNumberField("copies", tier.getKey());
                json.writeNumberField("percentOff", tier.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The order as a customer sees it before it is made. */
    public static String quote(PricedOrder order, OrderTotals totals, String currency) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("currency", currency);
            writeItems(json, order);
            writeTotals(json, totals);
            json.writeStringField("promoCode", order.promoCode().orElse(null));
            json.writeEndObject();
        });
    }

    /** The lines of an order with their prices, before anything is added up: {@code {"items":[..],"promoCode"}}. */
    public static String priced(PricedOrder order) {
        return Json.write(json -> {
            json.writeStartObject();
            writeItems(json, order);
            json.writeStringField("promoCode", order.promoCode().orElse(null));
            json.writeEndObject();
        });
    }

    /** What an order adds up to: {@code {"currency","taxRate","subtotal","discountTotal","taxTotal","totalAmount"}}. */
    public static String totals(OrderTotals totals, TaxRate taxRate, String currency) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("currency", currency);
            json.writeNumberField("taxRate", taxRate.value());
            writeTotals(json, totals);
            json.writeEndObject();
        });
    }

    /** Whether an order can be delivered: {@code {"available","shortages":[..]}}, with every line that the stock is too small for. */
    public static String availability(List<Shortage> shortages) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("available", shortages.isEmpty());
            json.writeArrayFieldStart("shortages");
            for (Shortage shortage : shortages) {
                json.writePOJO(shortage(shortage));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** A line that the stock is too small for: {@code {"bookId","title","requested","available"}}. */
    public static Map<String, Object> shortage(Shortage shortage) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("bookId", shortage.bookId());
        description.put("title", shortage.title());
        description.put("requested", shortage.requested());
        description.put("available", shortage.available());
        return description;
    }

    private static void writeItems(JsonGenerator json, PricedOrder order) throws IOException {
        json.writeArrayFieldStart("items");
        for (PricedLine line : order.lines()) {
            json.writeStartObject();
            json.writeNumberField("bookId", line.bookId());
            json.writeStringField("title", line.title());
            writeAmounts(json, line);
            json.writeBooleanField("inStock", line.inStock());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAmounts(JsonGenerator json, PricedLine line) throws IOException {
        json.writeNumberField("quantity", line.quantity());
        json.writeNumberField("unitPrice", line.unitPrice());
        json.writeNumberField("discount", line.discount());
        json.writeNumberField("lineTotal", line.lineTotal());
    }

    private static void writeTotals(JsonGenerator json, OrderTotals totals) throws IOException {
        json.writeNumberField("subtotal", totals.subtotal());
        json.writeNumberField("discountTotal", totals.discountTotal());
        json.writeNumberField("taxTotal", totals.taxTotal());
        json.writeNumberField("totalAmount", totals.totalAmount());
    }
}
