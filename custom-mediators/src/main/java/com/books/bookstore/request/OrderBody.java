package com.books.bookstore.request;

import com.books.bookstore.domain.DeliveryAddress;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.OrderRules;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The body of a request that prices or places an order. */
public final class OrderBody {

    /** Lines before those of the same book are added up. */
    static final int MAX_LINES = 1000;

    private static final int MAX_PROMO_CODE = 40;
    private static final MessageDigest SHA_256 = newSha256();
    private static final Pattern PROMO_CODE = Pattern.compile("[A-Za-z0-9_-]+");

    private OrderBody() {}

    /**
     * @param body {@code {"items":[{"bookId","quantity"}],"promoCode"?}}; other members are ignored
     * @return the order, lines of the same book added up
     * @throws ProblemException {@code invalid_request} naming every wrong field, {@code promo_code_invalid} for a code with other characters
     *                          than letters, digits, - and _
     */
    public static OrderRequest parse(JsonNode body) {
        return parse(body, new FieldErrors());
    }

    /**
     * An order that is to be placed: as {@link #parse(JsonNode)} reads it, with its delivery address.
     *
     * @param body the same with {@code "deliveryAddress"?: {"name","lines":[..],"postalCode"?,"city","country"}}
     */
    public static OrderRequest parse(JsonNode body, DeliveryAddressRule rule) {
        FieldErrors errors = new FieldErrors();
        DeliveryAddress address = DeliveryAddressBody.read(body, rule, errors);
        return parse(body, errors).deliveredTo(address);
    }

    private static OrderRequest parse(JsonNode body, FieldErrors errors) {
        TreeMap<Integer, Integer> quantities = items(body.path("items"), errors);
        String promoCode = promoCode(body.path("promoCode"), errors);
        errors.throwIfAny();
        if (promoCode == null) {
            return OrderRequest.of(quantities, null);
        }
        // Before the letters are made capitals: a long s (ſ) would become an S.
        if (!PROMO_CODE.matcher(promoCode).matches()) {
            // No promotion has such a code.
            throw new ProblemException(ProblemType.PROMO_CODE_INVALID);
        }
        return OrderRequest.of(quantities, promoCode.toUpperCase(Locale.ROOT));
    }

    private static TreeMap<Integer, Integer> items(JsonNode items, FieldErrors errors) {
        TreeMap<Integer, Integer> quantities = new TreeMap<>();
        if (items.isMissingNode() || items.isNull()) {
            errors.add("items", "is required");
        } else if (!items.isArray()) {
            errors.add("items", "must be an array");
        } else if (items.isEmpty()) {
            errors.add("items", "must have at least one item");
        } else if (items.size() > MAX_LINES) {
            errors.add("items", "must have at most " + MAX_LINES + " items");
        } else {
            for (int i = 0; i < items.size(); i++) {
                item(items.get(i), "items[" + i + "]", quantities, errors);
            }
            if (quantities.size() > OrderRules.MAX_BOOKS) {
                errors.add("items", "must have at most " + OrderRules.MAX_BOOKS + " different books");
            }
        }
        return quantities;
    }

    private static void item(JsonNode item, String path, TreeMap<Integer, Integer> quantities, FieldErrors errors) {
        if (!item.isObject()) {
            errors.add(path, "must be an object");
            return;
        }
        int errorsBefore = errors.count();
        int bookId = JsonFields.integer(item, "bookId", path + ".bookId", 1, Integer.MAX_VALUE, errors);
        int quantity = JsonFields.integer(item, "quantity", path + ".quantity", 1, OrderRules.MAX_QUANTITY, errors);
        if (errors.count() == errorsBefore
                && quantities.merge(bookId, quantity, Integer::sum) > OrderRules.MAX_QUANTITY) {
            errors.add(
                    path + ".quantity",
                    "brings the order to more than " + OrderRules.MAX_QUANTITY + " copies of book " + bookId);
        }
    }

    private static String promoCode(JsonNode node, FieldErrors errors) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            errors.add("promoCode", "must be text");
            return null;
        }
        String code = Texts.clean(node.textValue());
        if (code.isEmpty()) {
            return null;
        }
        if (Texts.length(code) > MAX_PROMO_CODE) {
            errors.add("promoCode", "must have at most " + MAX_PROMO_CODE + " characters");
        } else if (Texts.hasForbiddenCharacters(code)) {
            errors.add("promoCode", "must not contain control characters");
        }
        return code;
    }

    /** The numbers of the books as a JSON array, ascending. */
    public static String bookIds(OrderRequest order) {
        StringBuilder ids = new StringBuilder(16).append('[');
        for (OrderLine line : order.lines()) {
            ids.append(ids.length() > 1 ? "," : "").append(line.bookId());
        }
        return ids.append(']').toString();
    }

    /**
     * Tells orders apart that are sent with the same Idempotency-Key. Bodies that mean the same order (other spacing, lines in another
     * order or split) have the same fingerprint. The delivery address counts.
     *
     * @return SHA-256 in lower-case hexadecimal digits
     */
    public static String fingerprint(OrderRequest order) {
        StringBuilder canonical = new StringBuilder(16 + order.lines().size() * 12);
        for (OrderLine line : order.lines()) {
            canonical.append(line.bookId()).append(':').append(line.quantity()).append(',');
        }
        canonical.append(order.promoCode().orElse(""));
        // No part of an address has a line break. An order without address has the fingerprint of the time before there
        // were addresses.
        order.deliveryAddress().ifPresent(address -> {
            canonical.append('\n').append(address.name());
            address.lines().forEach(line -> canonical.append('\n').append(line));
            canonical.append('\n').append(address.postalCode());
            canonical.append('\n').append(address.city());
            canonical.append('\n').append(address.country());
        });
        byte[] digest = sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder hex = new StringBuilder(64);
        for (byte b : digest) {
            hex.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
        }
        return hex.toString();
    }

    /** A copy: looking for an algorithm's provider takes longer than the digest of an order. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
