package com.books.bookstore.request;

import com.books.bookstore.domain.OrderRules;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The quantity discounts in a body. */
public final class QuantityDiscountsBody {

    private static final int MAX_TIERS = 20;

    private QuantityDiscountsBody() {}

    /**
     * @param body {@code {"tiers":[{"copies","percentOff"}]}}, in any order; no tiers for no discounts
     * @return {@code copies:percent} separated by commas, fewest copies first; {@code none} for no discounts
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static String tiers(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        Map<Integer, BigDecimal> percents = new TreeMap<>();
        JsonNode tiers = body.path("tiers");
        if (tiers.isMissingNode() || tiers.isNull()) {
            errors.add("tiers", "is required");
        } else if (!tiers.isArray() || tiers.size() > MAX_TIERS) {
            errors.add("tiers", "must be an array of at most " + MAX_TIERS + " tiers");
        } else {
            for (int i = 0; i < tiers.size(); i++) {
                tier(tiers.get(i), "tiers[" + i + "]", percents, errors);
            }
        }
        errors.throwIfAny();
        return percents.isEmpty() ? "none" : written(percents);
    }

    private static String written(Map<Integer, BigDecimal> percents) {
        return percents.entrySet().stream()
                .map(tier -> tier.getKey() + ":"
                        + tier.getValue().stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(","));
    }

    private static void tier(JsonNode tier, String path, Map<Integer, BigDecimal> percents, FieldErrors errors) {
        int errorsBefore = errors.count();
        int copies = JsonFields.integer(tier, "copies", path + ".copies", 1, OrderRules.MAX_QUANTITY, errors);
        BigDecimal percent = JsonFields.percentage(tier, "percentOff", path + ".percentOff", errors);
        if (errors.count() == errorsBefore && percents.put(copies, percent) != null) {
            errors.add(path + ".copies", "is that of another tier");
        }
    }
}
