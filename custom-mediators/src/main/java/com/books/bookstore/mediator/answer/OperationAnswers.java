package com.books.bookstore.mediator.answer;

import com.books.bookstore.problem.ProblemType;
import java.util.Map;
import java.util.Optional;

/** The answers by operation. A new operation adds its line here. */
public final class OperationAnswers {

    private static final Map<String, OperationAnswer> BY_OPERATION = Map.ofEntries(
            Map.entry("listBooks", BookAnswers::list),
            Map.entry("listCategories", BookAnswers::categories),
            Map.entry("getBook", BookAnswers::book),
            Map.entry("createBook", BookAnswers::created),
            Map.entry("updateBook", BookAnswers::updated),
            Map.entry("deleteBook", BookAnswers::deleted),
            Map.entry("listInventory", BookAnswers::inventory),
            Map.entry("changeStock", BookAnswers::stockChanged),
            Map.entry("listStockMovements", result -> result.page(ProblemType.BOOK_NOT_FOUND)),
            Map.entry("stageImport", ImportAnswers::staged),
            Map.entry("getImport", ImportAnswers::preview),
            Map.entry("applyImport", ImportAnswers::applied),
            Map.entry("quoteOrder", OrderAnswers::quote),
            Map.entry("listOrders", ServiceResult::page),
            Map.entry("getOrder", OrderAnswers::document),
            Map.entry("getPayment", OrderAnswers::document),
            Map.entry("getDeliveryAddress", OrderAnswers::delivery),
            Map.entry("listPromotions", ServiceResult::page),
            Map.entry("getPromotion", PriceAnswers::promotion),
            Map.entry("createPromotion", PriceAnswers::created),
            Map.entry("updatePromotion", PriceAnswers::updated),
            Map.entry("getQuantityDiscounts", PriceAnswers::discounts),
            Map.entry("replaceQuantityDiscounts", PriceAnswers::discountsReplaced),
            Map.entry("completeOrder", OrderAnswers::completed),
            Map.entry("returnOrder", OrderAnswers::returned),
            Map.entry("addOrderNote", OrderAnswers::noted),
            Map.entry("listOrderHistory", result -> result.page(ProblemType.ORDER_NOT_FOUND)),
            Map.entry("cancelOrder", OrderAnswers::cancelled),
            Map.entry("listSummaries", SummaryAnswers::list),
            Map.entry("getSummary", SummaryAnswers::document),
            Map.entry("mailSummary", SummaryAnswers::queued),
            Map.entry("listAuditEvents", ServiceResult::page),
            Map.entry("listMails", ServiceResult::page),
            Map.entry("register", EmailAnswers::registration),
            Map.entry("requeueMail", EmailAnswers::requeued),
            Map.entry("submitRegistrationEmail", EmailAnswers::submitted));

    private OperationAnswers() {}

    /** @param operation the operation's name in the API definitions, such as {@code getBook} */
    public static Optional<OperationAnswer> of(String operation) {
        return Optional.ofNullable(BY_OPERATION.get(operation));
    }
}
