package com.books.bookstore.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the templates can say of a document: its values as people read them. */
final class TemplateValues {

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    /** For what older orders do not know. */
    private static final String UNKNOWN = "-";
    /**
     * Line breaks and other control characters, with which a title could pass for a line of the email itself, and the marks that turn the
     * direction of writing, with which it could change how the rest of a line reads.
     */
    private static final Pattern MISLEADING =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private TemplateValues() {}

    /** @param order as the order service answers it */
    static Map<String, Object> ofOrder(JsonNode order) {
        String currency = text(order, "currency");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("orderId", number(order, "orderId"));
        values.put("status", text(order, "status"));
        values.put("orderDate", INSTANT.format(Instant.parse(text(order, "orderDate"))));
        List<Map<String, Object>> items = new ArrayList<>();
        for (JsonNode item : required(order, "items")) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("title", text(item, "title"));
            line.put("quantity", number(item, "quantity"));
            line.put("unitPrice", money(item, "unitPrice", currency));
            line.put("discount", money(item, "discount", currency));
            line.put("discounted", isPositive(item.get("discount")));
            line.put("lineTotal", money(item, "lineTotal", currency));
            items.add(line);
        }
        // Only an email about an order that the shop cancelled by itself says so.
        values.put("unpaid", order.path("unpaid").asBoolean());
        values.put("items", items);
        values.put("subtotal", money(order, "subtotal", currency));
        values.put("discountTotal", money(order, "discountTotal", currency));
        values.put("taxTotal", money(order, "taxTotal", currency));
        values.put("totalAmount", money(order, "totalAmount", currency));
        values.put("hasPromoCode", !required(order, "promoCode").isNull());
        values.put("promoCode", text(order, "promoCode"));
        JsonNode address = order.path("deliveryAddress");
        values.put("hasDeliveryAddress", address.isObject());
        values.put("deliveryAddress", address.isObject() ? addressLines(address) : List.of());
        return values;
    }

    /** An address as it is written on a parcel; orders from before there were addresses have none. */
    private static List<String> addressLines(JsonNode address) {
        List<String> lines = new ArrayList<>();
        lines.add(text(address, "name"));
        for (JsonNode line : required(address, "lines")) {
            lines.add(text(line));
        }
        JsonNode postalCode = required(address, "postalCode");
        lines.add((postalCode.isNull() ? "" : text(postalCode) + " ") + text(address, "city"));
        lines.add(new Locale("", text(address, "country")).getDisplayCountry(Locale.ENGLISH));
        return lines;
    }

    /** @param summary as the report service answers it */
    static Map<String, Object> ofSummary(JsonNode summary) {
        String currency = text(summary, "currency");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("date", text(summary, "date"));
        values.put("day", DAY.format(LocalDate.parse(text(summary, "date"))));
        for (String count : new String[] {"ordersPlaced", "ordersCompleted", "ordersCancelled"}) {
            values.put(count, number(summary, count));
        }
        values.put("revenue", money(summary, "revenue", currency));
        values.put("discount", money(summary, "discount", currency));
        List<Map<String, Object>> sellers = new ArrayList<>();
        for (JsonNode book : required(summary, "bestSellers")) {
            sellers.add(Map.of(
                    "bookId",
                    number(book, "bookId"),
                    "title",
                    text(book, "title"),
                    "quantity",
                    number(book, "quantity"),
                    "revenue",
                    money(book, "revenue", currency)));
        }
        values.put("bestSellers", sellers);
        values.put("hasBestSellers", !sellers.isEmpty());
        List<Map<String, Object>> low = new ArrayList<>();
        for (JsonNode book : required(summary, "lowStock")) {
            low.add(Map.of(
                    "bookId",
                    number(book, "bookId"),
                    "title",
                    text(book, "title"),
                    "stockQuantity",
                    number(book, "stockQuantity")));
        }
        values.put("lowStock", low);
        values.put("hasLowStock", !low.isEmpty());
        return values;
    }

    /** @param links as {@link com.books.bookstore.json.RegistrationDocuments#email} has them; no name, which could be a stranger's message */
    static Map<String, Object> ofRegistration(JsonNode links) {
        JsonNode validUntil = required(links, "validUntil");
        return Map.of(
                "shop",
                text(links, "shop"),
                "link",
                text(links, "link"),
                "validUntil",
                validUntil.isNull() ? UNKNOWN : INSTANT.format(Instant.parse(validUntil.asText())));
    }

    private static JsonNode required(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The document has no field '" + name + "'");
        }
        return value;
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = required(object, name);
        return value.isNull() ? UNKNOWN : text(value);
    }

    private static String text(JsonNode value) {
        return MISLEADING.matcher(value.asText()).replaceAll(" ").trim();
    }

    /** Numbers of orders and books are written without separators, like those one may be asked for. */
    private static String number(JsonNode object, String name) {
        return Long.toString(required(object, name).asLong());
    }

    private static String money(JsonNode object, String name, String currency) {
        JsonNode value = required(object, name);
        if (value.isNull()) {
            return UNKNOWN;
        }
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setRoundingMode(RoundingMode.UNNECESSARY);
        return format.format(value.decimalValue()) + " " + currency;
    }

    private static boolean isPositive(JsonNode value) {
        return value != null && !value.isNull() && value.decimalValue().compareTo(BigDecimal.ZERO) > 0;
    }
}
