package com.books.bookstore.problem;

import java.util.Locale;

/** Every kind of problem that a caller can be told of. Codes are part of the API and never change. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not a JSON object"),
    INVALID_REQUEST(400, "The request is not valid"),
    IDEMPOTENCY_KEY_MISSING(400, "The Idempotency-Key header is missing"),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key header is not valid"),
    MISSING_TOKEN(401, "A bearer token is required"),
    INVALID_TOKEN(401, "The bearer token is not valid"),
    INSUFFICIENT_SCOPE(403, "The token does not allow this"),
    EMAIL_MISSING(403, "The token names no e-mail address"),
    NOT_FOUND(404, "There is nothing at this address"),
    BOOK_NOT_FOUND(404, "There is no such book"),
    ORDER_NOT_FOUND(404, "There is no such order"),
    REGISTRATION_NOT_FOUND(404, "There is no such registration"),
    SUMMARY_NOT_FOUND(404, "There is no such summary"),
    MAIL_NOT_FOUND(404, "There is no such mail"),
    METRICS_NOT_CONFIGURED(404, "There is no token for metrics"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    OUT_OF_STOCK(409, "Not enough stock"),
    PRICE_CHANGED(409, "The prices have changed"),
    ORDER_NOT_PENDING(409, "The order is not pending"),
    REGISTRATION_CONFLICT(409, "The e-mail address cannot be registered"),
    REGISTRATION_DECIDED(409, "The registration cannot be decided any more"),
    DAY_NOT_OVER(409, "The day is not over"),
    MAIL_BEING_SENT(409, "The mail is being sent"),
    PRECONDITION_FAILED(412, "The book has changed"),
    PAYLOAD_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    UNKNOWN_BOOK(422, "Some books are not on sale"),
    PROMO_CODE_INVALID(422, "The promotion code is not valid"),
    TOTAL_TOO_LARGE(422, "The order is too large"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used with another order"),
    PRECONDITION_REQUIRED(428, "If-Match is required"),
    TOO_MANY_REQUESTS(429, "There were too many requests"),
    INTERNAL_ERROR(500, "The server could not process the request"),
    DATABASE_UNAVAILABLE(503, "The database is not available"),
    TRY_AGAIN(503, "The server is busy"),
    IDENTITY_PROVIDER_UNAVAILABLE(503, "The identity provider is not available");

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
