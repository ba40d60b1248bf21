package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.Json;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
import java.util.Map;
import java.util.Set;

/** Answers about promotions and quantity discounts. */
final class PriceAnswers {

    /** The version of the tiers of the setting, which may have been others when the caller read them. */
    private static final String OF_SETTING = "0";

    private PriceAnswers() {}

    static Response promotion(ServiceResult result) {
        Map<String, String> row = result.row(ProblemType.PROMOTION_NOT_FOUND);
        return Versioned.json(200, row.get("document"), row);
    }

    static Response created(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("created"), ProblemType.PROMOTION_NOT_FOUND);
        return Versioned.json(201, row.get("document"), row)
                .withHeader("Location", "/orders/v1/promotions/" + Json.topLevelValue(row.get("document"), "code"));
    }

    static Response updated(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("updated"), ProblemType.PROMOTION_NOT_FOUND);
        return Versioned.json(200, row.get("document"), row);
    }

    static Response discounts(ServiceResult result) {
        Map<String, String> row = result.onlyRow();
        String document = OrderDocuments.quantityDiscounts(row.get("document"));
        return OF_SETTING.equals(row.get("version"))
                ? Versioned.always(result, document, row)
                : Versioned.unlessKnown(result, document, row);
    }

    static Response discountsReplaced(ServiceResult result) {
        Map<String, String> row = result.outcome(Set.of("updated"), ProblemType.PROMOTION_NOT_FOUND);
        return Versioned.json(200, OrderDocuments.quantityDiscounts(row.get("document")), row);
    }
}
