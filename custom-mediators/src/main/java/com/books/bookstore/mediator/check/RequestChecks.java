package com.books.bookstore.mediator.check;

import java.util.Map;
import java.util.Optional;

/** The checks by operation. A new operation adds its class and its line here. */
public final class RequestChecks {

    private static final Map<String, RequestCheck> BY_OPERATION = Map.ofEntries(
            Map.entry("listBooks", new ListBooksCheck()),
            // It takes nothing that could be wrong.
            Map.entry("listCategories", request -> {}),
            Map.entry("getBook", new GetBookCheck()),
            Map.entry("createBook", new CreateBookCheck()),
            Map.entry("updateBook", new UpdateBookCheck()),
            Map.entry("deleteBook", new DeleteBookCheck()),
            Map.entry("listInventory", new ListInventoryCheck()),
            Map.entry("changeStock", new ChangeStockCheck()),
            Map.entry("listStockMovements", new ListStockMovementsCheck()),
            Map.entry("stageImport", new StageImportCheck()),
            Map.entry("getImport", new GetImportCheck()),
            Map.entry("applyImport", new ApplyImportCheck()),
            Map.entry("quoteOrder", new QuoteOrderCheck()),
            Map.entry("placeOrder", new PlaceOrderCheck()),
            Map.entry("listOrders", new ListOrdersCheck()),
            Map.entry("getOrder", new GetOrderCheck()),
            Map.entry("getDeliveryAddress", new GetDeliveryAddressCheck()),
            Map.entry("listPromotions", new ListPromotionsCheck()),
            Map.entry("getPromotion", new GetPromotionCheck()),
            Map.entry("createPromotion", new CreatePromotionCheck()),
            Map.entry("updatePromotion", new UpdatePromotionCheck()),
            // It takes nothing that could be wrong.
            Map.entry("getQuantityDiscounts", request -> {}),
            Map.entry("replaceQuantityDiscounts", new ReplaceQuantityDiscountsCheck()),
            Map.entry("completeOrder", new CompleteOrderCheck()),
            Map.entry("returnOrder", new CompleteOrderCheck()),
            Map.entry("addOrderNote", new AddOrderNoteCheck()),
            Map.entry("listOrderHistory", new ListOrderHistoryCheck()),
            Map.entry("cancelOrder", new CancelOrderCheck()),
            Map.entry("getPayment", new GetOrderCheck()),
            Map.entry("register", new RegisterCheck()),
            Map.entry("confirmRegistration", new ConfirmRegistrationCheck()),
            Map.entry("getRegistration", new GetRegistrationCheck()),
            Map.entry("listRegistrations", new ListRegistrationsCheck()),
            Map.entry("approveRegistration", new ApproveRegistrationCheck()),
            Map.entry("rejectRegistration", new RejectRegistrationCheck()),
            Map.entry("listSummaries", new ListSummariesCheck()),
            Map.entry("getSummary", new GetSummaryCheck()),
            Map.entry("mailSummary", new MailSummaryCheck()),
            Map.entry("listAuditEvents", new ListAuditEventsCheck()),
            Map.entry("listMails", new ListMailsCheck()),
            Map.entry("requeueMail", new RequeueMailCheck()),
            Map.entry("submitRegistrationEmail", new SubmitRegistrationEmailCheck()));

    private RequestChecks() {}

    /** @param operation the operation's name in the API definitions, such as {@code placeOrder} */
    public static Optional<RequestCheck> of(String operation) {
        return Optional.ofNullable(BY_OPERATION.get(operation));
    }
}
