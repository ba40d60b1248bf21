package com.books.bookstore.problem;

import java.util.Locale;

/** Every kind of problem that a caller can be told of. Codes are part of the API and never change. */
public enum ProblemType {
    MALFORMED_JSON(400, "Malformed JSON", "The body is not valid JSON. Correct it and send the request again."),
    INVALID_REQUEST(400, "Invalid request", "Correct the fields listed in errors and send the request again."),
    IDEMPOTENCY_KEY_MISSING(
            400,
            "Missing Idempotency-Key header",
            "Send a new Idempotency-Key with every new request, and the same key when you repeat one."),
    IDEMPOTENCY_KEY_INVALID(
            400,
            "Invalid Idempotency-Key header",
            "The Idempotency-Key must consist of visible ASCII characters without spaces."),
    CONFIRMATION_INVALID(
            400,
            "Invalid confirmation link",
            "Use the complete link of the email, or register again to get a new one."),
    MISSING_TOKEN(401, "Missing access token", "Send an access token in the header Authorization."),
    INVALID_TOKEN(
            401,
            "Invalid access token",
            "The access token was not accepted. Get a new one and send the request again."),
    INSUFFICIENT_SCOPE(403, "Insufficient scope", "The access token lacks a scope that this operation needs."),
    EMAIL_MISSING(403, "Missing email claim", "The access token must contain the claim email."),
    NOT_FOUND(404, "Not found", "There is nothing at this path. Compare it with the API definition."),
    BOOK_NOT_FOUND(404, "Book not found", "No book with this ID is on sale."),
    IMPORT_NOT_FOUND(
            404, "Import not found", "There is no import with this ID, or it is another user's. Send the file again."),
    PROMOTION_NOT_FOUND(404, "Promotion not found", "There is no promotion with this code."),
    ORDER_NOT_FOUND(404, "Order not found", "There is no order with this ID, or it belongs to another customer."),
    REGISTRATION_NOT_FOUND(
            404,
            "Registration not found",
            "There is no registration with this ID. Use the ID exactly as you received it."),
    SUMMARY_NOT_FOUND(404, "Summary not found", "There is no summary for this day. Choose a day up to today (UTC)."),
    MAIL_NOT_FOUND(404, "Email not found", "There is no email with this ID. List the emails to find the right one."),
    METRICS_NOT_CONFIGURED(
            404, "Metrics not configured", "Set BOOKSTORE_METRICS_TOKEN on the server to publish the metrics."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "Use one of the methods listed in the header Allow."),
    OUT_OF_STOCK(409, "Not enough stock", "Order at most the available copies listed in shortages."),
    PRICE_CHANGED(409, "Prices have changed", "Get a new quote and send the order again."),
    ORDER_NOT_PENDING(
            409,
            "Order no longer pending",
            "Only a pending order can be completed or cancelled; orderStatus says what this one is."),
    PROMOTION_EXISTS(
            409,
            "Promotion exists",
            "There is a promotion with this code, perhaps one that has ended. Change that one, or choose another code."),
    ISBN_TAKEN(
            409,
            "ISBN of another book",
            "A book on sale has one ISBN of its own. bookId is the book that has this one; change that book, or correct the ISBN."),
    IMPORT_APPLIED(409, "Import applied", "This import was applied before. Send the file as a new import."),
    IMPORT_INCOMPLETE(
            409,
            "Import incomplete",
            "Not all lines of the file have come; lines is how many have. Send the missing parts."),
    IMPORT_OUTDATED(
            409,
            "Import outdated",
            "Books have changed since the preview. Nothing was applied; send the file again and look at the new preview."),
    STOCK_OUT_OF_RANGE(
            409,
            "Stock out of range",
            "The stock would be below 0 or above 1000000000. stockQuantity is the stock now; correct the quantity."),
    ORDER_NOT_COMPLETED(
            409, "Order not completed", "Only a completed order can be returned; orderStatus says what this one is."),
    REGISTRATION_CONFLICT(
            409,
            "Email address not available",
            "The address has an account, or a registration that waits. Sign in, or wait for the decision."),
    REGISTRATION_DECIDED(
            409,
            "Registration already decided",
            "The registration has been decided. Read the list of registrations again."),
    DAY_NOT_OVER(409, "Day not over", "Request the summary after the end of the day (UTC)."),
    MAIL_BEING_SENT(409, "Email is being sent", "Wait a minute, then check the status of the email."),
    CONFIRMATION_EXPIRED(410, "Confirmation link expired", "Register again to get a new link."),
    PRECONDITION_FAILED(
            412, "Changed since you read it", "It has changed since you read it. Read it again and send its new ETag."),
    PAYLOAD_TOO_LARGE(413, "Request body too large", "Send a smaller body."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "Send the body as Content-Type: application/json."),
    MISDIRECTED_REQUEST(
            421,
            "Wrong host",
            "This server does not answer for the host in the address. Use an address of this server."),
    UNKNOWN_BOOK(422, "Books not on sale", "Remove the books listed in unknownBooks from the order."),
    IMPORT_WRONG(
            422,
            "Wrong lines",
            "The import has lines that are wrong; wrong is how many. Nothing was applied; correct the file."),
    STOCK_NOT_REPLACEABLE(
            422,
            "Stock not replaceable",
            "Leave stockQuantity out, and change the stock with a POST to the book's stock-movements."),
    PROMO_CODE_INVALID(
            422,
            "Invalid promotion code",
            "The promotion code does not exist or is not valid now. Correct it or leave it out."),
    PROMO_CODE_USED_UP(
            422,
            "Promotion code used up",
            "The promotion code was used as often as it may be, by you or by all customers. Leave it out."),
    TOTAL_TOO_LARGE(422, "Order total too large", "Split the order into several smaller ones."),
    IDEMPOTENCY_KEY_REUSED(
            422, "Idempotency-Key used for another request", "Send a new Idempotency-Key with every new request."),
    PRECONDITION_REQUIRED(
            428,
            "Missing If-Match header",
            "Send the ETag of what you change as If-Match, or * to change any version."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "Wait for the number of seconds in the header Retry-After, then send the request again."),
    INTERNAL_ERROR(
            500,
            "Internal server error",
            "The server could not handle the request. If it happens again, report the X-Correlation-ID of this answer."),
    DATABASE_UNAVAILABLE(
            503,
            "Database unavailable",
            "Send the request again after the number of seconds in the header Retry-After."),
    DATA_SERVICES_MISSING(
            503,
            "Server not ready",
            "This server started without its database. Send the request again after the number of seconds in the header Retry-After."),
    TRY_AGAIN(503, "Server busy", "Send the request again after the number of seconds in the header Retry-After."),
    IDENTITY_PROVIDER_UNAVAILABLE(
            503,
            "Identity server unavailable",
            "Send the request again after the number of seconds in the header Retry-After.");

    private final int status;
    private final String title;
    private final String detail;

    ProblemType(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** The stable name for programs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The name for people, the same in every answer of this type. */
    public String title() {
        return title;
    }

    /** What to do, for answers that have nothing more exact to say: sentences for people. */
    public String detail() {
        return detail;
    }

    /** The URI that RFC 9457 wants as {@code type}. */
    public String uri() {
        return "https://books.com/problems/" + code();
    }
}
