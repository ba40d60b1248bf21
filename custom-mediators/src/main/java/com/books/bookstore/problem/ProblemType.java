package com.books.bookstore.problem;

import java.util.Locale;

/** Every kind of problem that a caller can be told of. Codes are part of the API and never change. */
public enum ProblemType {
    MALFORMED_JSON(400, "Malformed JSON"),
    INVALID_REQUEST(400, "Invalid request"),
    IDEMPOTENCY_KEY_MISSING(400, "Missing Idempotency-Key header"),
    IDEMPOTENCY_KEY_INVALID(400, "Invalid Idempotency-Key header"),
    MISSING_TOKEN(401, "Missing access token"),
    INVALID_TOKEN(401, "Invalid access token"),
    INSUFFICIENT_SCOPE(403, "Insufficient scope"),
    EMAIL_MISSING(403, "Missing email claim"),
    NOT_FOUND(404, "Not found"),
    BOOK_NOT_FOUND(404, "Book not found"),
    ORDER_NOT_FOUND(404, "Order not found"),
    REGISTRATION_NOT_FOUND(404, "Registration not found"),
    SUMMARY_NOT_FOUND(404, "Summary not found"),
    MAIL_NOT_FOUND(404, "Email not found"),
    METRICS_NOT_CONFIGURED(404, "Metrics not configured"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    OUT_OF_STOCK(409, "Not enough stock"),
    PRICE_CHANGED(409, "Prices have changed"),
    ORDER_NOT_PENDING(409, "Order no longer pending"),
    REGISTRATION_CONFLICT(409, "Email address not available"),
    REGISTRATION_DECIDED(409, "Registration already decided"),
    DAY_NOT_OVER(409, "Day not over"),
    MAIL_BEING_SENT(409, "Email is being sent"),
    PRECONDITION_FAILED(412, "Book has changed"),
    PAYLOAD_TOO_LARGE(413, "Request body too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    UNKNOWN_BOOK(422, "Books not on sale"),
    PROMO_CODE_INVALID(422, "Invalid promotion code"),
    TOTAL_TOO_LARGE(422, "Order total too large"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency-Key used for another order"),
    PRECONDITION_REQUIRED(428, "Missing If-Match header"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Internal server error"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    TRY_AGAIN(503, "Server busy"),
    IDENTITY_PROVIDER_UNAVAILABLE(503, "Identity server unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
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

    /** The URI that RFC 9457 wants as {@code type}. */
    public String uri() {
        return "https://books.com/problems/" + code();
    }
}
