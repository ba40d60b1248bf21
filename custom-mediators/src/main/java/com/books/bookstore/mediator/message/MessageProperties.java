package com.books.bookstore.mediator.message;

import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/** Names of the message properties (Synapse default scope) by which mediators, sequences and data services hand on data. */
public final class MessageProperties {

    /** Text: what the request is called in answers, logs and emails; 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
    public static final String CORRELATION_ID = "bookstore.correlationId";
    /** Boolean: a page of another origin asks, which sees of the answer's headers only what it is told it may. */
    public static final String CROSS_ORIGIN = "bookstore.crossOrigin";
    /** Text: the client that a verified token was issued to, if it says so. For access logs. */
    public static final String CLIENT_ID = "bookstore.clientId";
    /** Text: the subject of a verified token, the account that the caller's orders belong to. Also for access logs. */
    public static final String SUBJECT = "bookstore.subject";

    /** Text, set by the API: scopes separated by blanks, one of which the caller needs. */
    public static final String REQUIRED_SCOPES = "bookstore.requiredScopes";

    /** Text, set by the API: {@code application} if the caller must be an application that acts for itself; users otherwise. */
    public static final String REQUIRED_CALLER = "bookstore.requiredCaller";

    /** {@link com.books.bookstore.security.Caller}. */
    public static final String CALLER = "bookstore.caller";
    /** Text: the caller's email address in lower case. */
    public static final String CALLER_EMAIL = "bookstore.callerEmail";
    /** Text: the caller's scopes, separated by blanks. */
    public static final String CALLER_SCOPES = "bookstore.callerScopes";

    public static final String BOOK_ID = "bookstore.bookId";
    public static final String ORDER_ID = "bookstore.orderId";
    /** Text: the number of the order to find; 0 for any. */
    public static final String SOUGHT_ORDER_ID = "bookstore.soughtOrderId";
    /** Text: SQL LIKE pattern of customers' email addresses, escape character {@code !}; empty for any. */
    public static final String CUSTOMER = "bookstore.customer";
    /** Text: SQL LIKE pattern of the title of an ordered book; empty for any. */
    public static final String BOOK = "bookstore.book";
    /** Text: 1 if the oldest order comes first, else 0. */
    public static final String OLDEST_FIRST = "bookstore.oldestFirst";

    /** Text: what staff note on an order. */
    public static final String NOTE = "bookstore.note";

    public static final String LIMIT = "bookstore.limit";
    public static final String OFFSET = "bookstore.offset";
    /** Text: JSON array of the words to look for. */
    public static final String WORDS = "bookstore.words";
    /** Text: rows to read, one more than the page has: it tells whether there is a next page. */
    public static final String ROWS = "bookstore.rows";
    /**
     * Text: the row after which a page begins. Of books a JSON array, empty for the start of the list; of other lists a number, 0 for the
     * start.
     */
    public static final String PLACE = "bookstore.place";
    /** Text: the code of that row in the list of promotions. */
    public static final String PLACE_CODE = "bookstore.placeCode";
    /**
     * Text: of books title_asc, title_desc, price_asc, price_desc or relevance_asc; for staff also stock_asc or stock_desc. Of other lists
     * what tells their places from those of others.
     */
    public static final String SORT = "bookstore.sort";
    /** Text: state of the orders to list, empty for any. */
    public static final String STATUS = "bookstore.status";
    /** Text: subject of the customer whose orders the caller may use, empty for all customers. */
    public static final String OWNER_SUBJECT = "bookstore.ownerSubject";
    /** Text: that customer's email address, for orders that no account has claimed; empty for all customers. */
    public static final String OWNER_EMAIL = "bookstore.ownerEmail";
    /** Text: whom the order history names. */
    public static final String ACTOR = "bookstore.actor";

    public static final String TITLE = "bookstore.title";
    /** Text, empty for none. */
    public static final String AUTHOR = "bookstore.author";
    /** Text, empty for none: an ISBN, or in a search the beginning of one. */
    public static final String ISBN = "bookstore.isbn";
    /** Text: JSON object of what else is known of a book; see the procedure {@code set_book_details}. */
    public static final String DETAILS = "bookstore.details";
    /** Text: what a client calls a file of books. */
    public static final String IMPORT_ID = "bookstore.importId";
    /** Text: the columns of a file of books, separated by commas. */
    public static final String COLUMNS = "bookstore.columns";
    /** Text: JSON array of lines of a file of books; see the procedure {@code stage_import}. */
    public static final String IMPORT_ROWS = "bookstore.importRows";
    /** Text: how many lines a file of books has. */
    public static final String LINES = "bookstore.lines";
    /** Text: which lines of a file of books to list: new, changed, unchanged or wrong; empty for all. */
    public static final String LINE_RESULT = "bookstore.lineResult";
    /** Text: the category of the books to list, empty for any. */
    public static final String CATEGORY = "bookstore.category";

    public static final String PRICE = "bookstore.price";
    /** Text; empty if the caller of a change does not name it. */
    public static final String STOCK_QUANTITY = "bookstore.stockQuantity";
    /** Text: copies in stock at most, -1 for any number. */
    public static final String MAX_STOCK = "bookstore.maxStock";
    /** Text: received, returned, damaged or counted. */
    public static final String MOVEMENT_TYPE = "bookstore.movementType";
    /** Text: copies that come, or with a minus go. */
    public static final String STOCK_CHANGE = "bookstore.stockChange";
    /** Text: the versions, separated by commas, one of which a book must still have; {@code *} for any. */
    public static final String EXPECTED_VERSION = "bookstore.expectedVersion";
    /** Text: JSON array of the numbers of the ordered books, ascending. */
    public static final String BOOK_IDS = "bookstore.bookIds";
    /** Text: in upper case, empty for none. */
    public static final String PROMO_CODE = "bookstore.promoCode";
    /** Text: percent that a promotion takes off. */
    public static final String PERCENT = "bookstore.percent";
    /** Text: how many orders may use a promotion; empty for any number. */
    public static final String MAX_USES = "bookstore.maxUses";
    /** Text: how many orders of one customer may use a promotion; empty for any number. */
    public static final String MAX_USES_PER_CUSTOMER = "bookstore.maxUsesPerCustomer";
    /** Text: quantity discounts as {@code copies:percent,...}; empty for none. Not set while those of the configuration apply. */
    public static final String QUANTITY_TIERS = "bookstore.quantityTiers";
    /** {@link com.books.bookstore.request.DeliveryAddressRule}. */
    public static final String DELIVERY_RULE = "bookstore.deliveryRule";
    /** Text, empty for quotes. */
    public static final String IDEMPOTENCY_KEY = "bookstore.idempotencyKey";
    /** Text: SHA-256 of what is ordered, in hexadecimal digits. */
    public static final String FINGERPRINT = "bookstore.fingerprint";

    /** {@link com.books.bookstore.domain.OrderRequest}. */
    public static final String ORDER_REQUEST = "bookstore.orderRequest";
    /** Result of a data service (XML element with rows). */
    public static final String RESULT = "bookstore.result";
    /** Result of a data service that counts: one row with the column {@code total}. */
    public static final String TOTAL = "bookstore.total";
    /** {@link com.books.bookstore.domain.Catalog}. */
    public static final String CATALOG = "bookstore.catalog";
    /** Text {@code true} when the answer to an earlier request with the same key is ready to be sent. */
    public static final String REPLAYED = "bookstore.replayed";
    /** {@link com.books.bookstore.domain.PricedOrder}. */
    public static final String PRICED_ORDER = "bookstore.pricedOrder";
    /** {@link com.books.bookstore.domain.OrderTotals}. */
    public static final String TOTALS = "bookstore.totals";
    /** Text: ISO 4217 code. */
    public static final String CURRENCY = "bookstore.currency";
    /** Text: the tax as a fraction from 0 to 1. */
    public static final String TAX_RATE = "bookstore.taxRate";
    /** Text: 1 if the procedure place_order need not look whether it knows the customer, else 0. */
    public static final String CUSTOMER_KNOWN = "bookstore.customerKnown";
    /** Text: the order as the procedure place_order takes it. */
    public static final String ORDER_JSON = "bookstore.orderJson";
    /** Text: what the database answered to an order. */
    public static final String OUTCOME = "bookstore.outcome";

    /**
     * Text: what is asked of the identity server about a registration: {@code request}, {@code email}, {@code confirm}, {@code state} or
     * {@code count}.
     */
    public static final String REGISTRATION_STEP = "bookstore.registrationStep";
    /** Text: an applicant's email address in lower case. */
    public static final String APPLICANT_EMAIL = "bookstore.applicantEmail";
    /** Text: an applicant's names, as JSON. */
    public static final String APPLICANT_NAMES = "bookstore.applicantNames";
    /** Text: how many registration emails an address gets in a window. */
    public static final String EMAIL_LIMIT = "bookstore.emailLimit";
    /** Text: seconds of that window. */
    public static final String EMAIL_WINDOW = "bookstore.emailWindow";
    /** {@link com.books.bookstore.registration.Confirmation}; holds a token and a password, which its text form does not show. */
    public static final String CONFIRMATION = "bookstore.confirmation";
    /** Text: what an applicant calls a request for an account. */
    public static final String REGISTRATION_ID = "bookstore.registrationId";
    /** Text: how many requests for accounts wait; empty if that is not known. */
    public static final String REGISTRATIONS_WAITING = "bookstore.registrationsWaiting";
    /** Text: what the identity server calls the decision on a request for an account. */
    public static final String APPROVAL_ID = "bookstore.approvalId";
    /** Text: why a request for an account is rejected, or a stock changed. */
    public static final String REASON = "bookstore.reason";

    /** Text: what kind of event of the audit; empty for any. */
    public static final String AUDIT_KIND = "bookstore.auditKind";

    /** Text: a day, as 2026-11-22. */
    public static final String DATE = "bookstore.date";
    /** Text: the first day of a report or search, or the second at which a promotion begins. */
    public static final String FROM = "bookstore.from";
    /** Text: the last day of a report or search, or the second at which a promotion ends. */
    public static final String TO = "bookstore.to";
    /** Text: the number of an email in the outbox; empty when there is none to send. */
    public static final String MAIL_ID = "bookstore.mailId";
    /** Text: the kind of an email to queue. */
    public static final String MAIL_KIND = "bookstore.mailKind";
    /** Text: one address that an email to queue goes to. */
    public static final String MAIL_RECIPIENT = "bookstore.mailRecipient";
    /** Text: under what name emails are claimed from the outbox. */
    public static final String CLAIM = "bookstore.claim";
    /** Text: how many emails are claimed at most. */
    public static final String MAIL_BATCH = "bookstore.mailBatch";
    /** Text: the template of an email, if it is another one than its kind; empty otherwise. */
    public static final String MAIL_TEMPLATE = "bookstore.mailTemplate";
    /** Text: what an email tells, as JSON, if it is something else than the outbox holds; empty otherwise. May hold a secret link. */
    public static final String MAIL_DOCUMENT = "bookstore.mailDocument";
    /** Text: where an email goes, as an address of the mail transport: {@code mailto:} and addresses separated by commas. */
    public static final String MAIL_TO = "bookstore.mailTo";
    /** Text {@code true} when the mail server has taken the email. */
    public static final String MAIL_ACCEPTED = "bookstore.mailAccepted";
    /** Text {@code true} when the outbox knows what became of the email. */
    public static final String MAIL_RECORDED = "bookstore.mailRecorded";
    /** Text: how many seconds a claimed email is left to its sender. */
    public static final String LEASE_SECONDS = "bookstore.leaseSeconds";
    /** Text: why an email was not sent, for operators. */
    public static final String MAIL_ERROR = "bookstore.mailError";
    /** Text: 1 if an email can never be sent, else 0. */
    public static final String PERMANENT = "bookstore.permanent";
    /** Text: after how many attempts emails are given up. */
    public static final String MAX_ATTEMPTS = "bookstore.maxAttempts";
    /** Text: after how many attempts this email is given up, given why it failed. */
    public static final String MAIL_ATTEMPTS = "bookstore.mailAttempts";
    /** Text: what has to be reported of an email whose sending ended in a fault: {@code sent}, {@code failed}, or {@code nothing}; empty before. */
    public static final String REPORT = "bookstore.report";
    /** Text {@code true} if other emails may go out although this one did not. */
    public static final String GO_ON = "bookstore.goOn";

    /** {@link com.books.bookstore.security.RateLimiter.Decision}: what the client has left of its limit. */
    public static final String RATE_LIMIT = "bookstore.rateLimit";

    /** {@link com.books.bookstore.problem.Problem}: what the fault sequence answers with. */
    public static final String PROBLEM = "bookstore.problem";

    private MessageProperties() {}

    /**
     * An object that an earlier mediator left in the message.
     *
     * @throws SynapseException if it is not there, which means that the sequence is wrong
     */
    public static <T> T required(MessageContext message, String property, Class<T> type) {
        Object value = message.getProperty(property);
        if (!type.isInstance(value)) {
            throw new WrongArtifactException("The message property '" + property
                    + "' is not set. Check the order of the mediators in the sequence");
        }
        return type.cast(value);
    }

    /** A text that an earlier step left in the message, or "". */
    public static String text(MessageContext message, String property) {
        Object value = message.getProperty(property);
        return value == null ? "" : value.toString();
    }
}
