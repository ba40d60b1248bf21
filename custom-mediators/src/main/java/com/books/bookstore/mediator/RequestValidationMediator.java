package com.books.bookstore.mediator;

import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessagePayload;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.registration.PasswordPolicy;
import com.books.bookstore.request.BookData;
import com.books.bookstore.request.BookQuery;
import com.books.bookstore.request.Days;
import com.books.bookstore.request.IdempotencyKey;
import com.books.bookstore.request.IfMatch;
import com.books.bookstore.request.JsonBody;
import com.books.bookstore.request.OrderBody;
import com.books.bookstore.request.Page;
import com.books.bookstore.request.PathId;
import com.books.bookstore.request.RegistrationBody;
import com.books.bookstore.request.RegistrationQuery;
import com.books.bookstore.request.RejectionBody;
import com.books.bookstore.request.StatusQuery;
import com.books.bookstore.security.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * Checks path, query, headers and body of a request, and leaves what the data services need in message properties, as text.
 *
 * <p>The property {@code operation} says which request it is. Problems: invalid_request (naming every wrong field), malformed_json,
 * payload_too_large, unsupported_media_type, book_not_found, order_not_found, registration_not_found, summary_not_found, mail_not_found,
 * day_not_over, precondition_required, precondition_failed, idempotency_key_missing, idempotency_key_invalid. Thread-safe.
 */
public class RequestValidationMediator extends BookstoreMediator {

    private static final String SCOPE_READ_ALL = "orders:read_all";
    private static final String SCOPE_PROCESS = "orders:process";

    private static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9_-]{1,512}");

    private final Clock clock;
    private Operation operation;
    private PasswordPolicy passwordPolicy = new PasswordPolicy(PasswordPolicy.DEFAULT_MINIMUM_LENGTH);

    /** Of the engine; days are those of UTC. */
    public RequestValidationMediator() {
        this(Clock.systemUTC());
    }

    RequestValidationMediator(Clock clock) {
        this.clock = clock;
    }

    /** The operation's name in the API definitions, such as {@code placeOrder}. */
    public void setOperation(String operation) {
        this.operation = Operation.of(Setting.required("operation", operation));
    }

    /** For {@code register}: characters that a password has at least; 8 unless set. */
    public void setMinimumPasswordLength(String minimumPasswordLength) {
        passwordPolicy = new PasswordPolicy(
                Setting.number("minimumPasswordLength", minimumPasswordLength, 1, PasswordPolicy.MAXIMUM_LENGTH));
    }

    @Override
    void handle(MessageContext message) {
        if (operation == null) {
            throw new SynapseException("The setting 'operation' is not set");
        }
        HttpRequest request = new HttpRequest(message);
        switch (operation) {
            case LIST_BOOKS:
                listBooks(message, request);
                break;
            case GET_BOOK:
                bookId(message, request);
                break;
            case CREATE_BOOK:
                bookData(message, request);
                break;
            case UPDATE_BOOK:
                bookId(message, request);
                message.setProperty(MessageProperties.EXPECTED_VERSION, IfMatch.required(request.header("If-Match")));
                bookData(message, request);
                break;
            case DELETE_BOOK:
                bookId(message, request);
                message.setProperty(MessageProperties.EXPECTED_VERSION, IfMatch.optional(request.header("If-Match")));
                break;
            case QUOTE_ORDER:
                message.setProperty(MessageProperties.IDEMPOTENCY_KEY, "");
                order(message, request);
                break;
            case PLACE_ORDER:
                actor(message);
                message.setProperty(
                        MessageProperties.IDEMPOTENCY_KEY, IdempotencyKey.required(request.header("Idempotency-Key")));
                order(message, request);
                break;
            case LIST_ORDERS:
                StatusQuery query = StatusQuery.ofOrders(request.query());
                message.setProperty(MessageProperties.STATUS, query.status());
                page(message, query.page());
                owner(message, SCOPE_READ_ALL);
                break;
            case GET_ORDER:
            case GET_PAYMENT:
                orderId(message, request);
                owner(message, SCOPE_READ_ALL);
                break;
            case COMPLETE_ORDER:
                orderId(message, request);
                actor(message);
                break;
            case CANCEL_ORDER:
                orderId(message, request);
                actor(message);
                owner(message, SCOPE_PROCESS);
                break;
            case REGISTER:
                message.setProperty(
                        MessageProperties.APPLICANT, RegistrationBody.parse(body(message, request), passwordPolicy));
                break;
            case GET_REGISTRATION:
                message.setProperty(MessageProperties.REGISTRATION_ID, opaqueId(request, "registrationId"));
                break;
            case LIST_REGISTRATIONS:
                RegistrationQuery registrations = RegistrationQuery.from(request.query());
                message.setProperty(
                        MessageProperties.STATUS, registrations.status().code());
                page(message, registrations.page());
                break;
            case APPROVE_REGISTRATION:
                message.setProperty(MessageProperties.APPROVAL_ID, opaqueId(request, "approvalId"));
                break;
            case REJECT_REGISTRATION:
                message.setProperty(MessageProperties.APPROVAL_ID, opaqueId(request, "approvalId"));
                message.setProperty(MessageProperties.REASON, RejectionBody.reason(body(message, request)));
                break;
            case LIST_SUMMARIES:
                Days days = Days.from(request.query(), LocalDate.now(clock));
                message.setProperty(MessageProperties.FROM, days.from().toString());
                message.setProperty(MessageProperties.TO, days.to().toString());
                break;
            case GET_SUMMARY:
                message.setProperty(MessageProperties.DATE, day(request).toString());
                break;
            case MAIL_SUMMARY:
                message.setProperty(
                        MessageProperties.DATE, dayThatIsOver(request).toString());
                break;
            case LIST_MAILS:
                StatusQuery mails = StatusQuery.ofMails(request.query());
                message.setProperty(MessageProperties.STATUS, mails.status());
                page(message, mails.page());
                break;
            case REQUEUE_MAIL:
                int mailId = PathId.parse("mailId", request.pathVariable("mailId"), ProblemType.MAIL_NOT_FOUND);
                message.setProperty(MessageProperties.MAIL_ID, Integer.toString(mailId));
                break;
            default:
                throw new IllegalStateException("No rule for " + operation);
        }
    }

    private static void listBooks(MessageContext message, HttpRequest request) {
        BookQuery query = BookQuery.from(request.query());
        message.setProperty(MessageProperties.PATTERN, query.pattern());
        message.setProperty(MessageProperties.SORT, query.sort());
        page(message, query.page());
    }

    private static void page(MessageContext message, Page page) {
        message.setProperty(MessageProperties.LIMIT, Integer.toString(page.limit()));
        message.setProperty(MessageProperties.OFFSET, Integer.toString(page.offset()));
    }

    private static void bookId(MessageContext message, HttpRequest request) {
        int id = PathId.parse("bookId", request.pathVariable("bookId"), ProblemType.BOOK_NOT_FOUND);
        message.setProperty(MessageProperties.BOOK_ID, Integer.toString(id));
    }

    private static void orderId(MessageContext message, HttpRequest request) {
        int id = PathId.parse("orderId", request.pathVariable("orderId"), ProblemType.ORDER_NOT_FOUND);
        message.setProperty(MessageProperties.ORDER_ID, Integer.toString(id));
    }

    /** An id that means something to another system only; one that can be no such id is one that does not exist. */
    private static String opaqueId(HttpRequest request, String variable) {
        String id = request.pathVariable(variable);
        if (id == null || !OPAQUE_ID.matcher(id).matches()) {
            throw new ProblemException(ProblemType.REGISTRATION_NOT_FOUND);
        }
        return id;
    }

    private LocalDate day(HttpRequest request) {
        return Days.upToToday("date", request.pathVariable("date"), LocalDate.now(clock));
    }

    /** What is mailed stays as it is, so a day must have all its orders. */
    private LocalDate dayThatIsOver(HttpRequest request) {
        LocalDate day = day(request);
        if (!day.isBefore(LocalDate.now(clock))) {
            throw new ProblemException(ProblemType.DAY_NOT_OVER);
        }
        return day;
    }

    private static void bookData(MessageContext message, HttpRequest request) {
        BookData book = BookData.from(body(message, request));
        message.setProperty(MessageProperties.TITLE, book.title());
        message.setProperty(MessageProperties.AUTHOR, book.author());
        message.setProperty(MessageProperties.ISBN, book.isbn());
        message.setProperty(MessageProperties.PRICE, book.price().toPlainString());
        message.setProperty(MessageProperties.STOCK_QUANTITY, Integer.toString(book.stockQuantity()));
    }

    private static void order(MessageContext message, HttpRequest request) {
        OrderRequest order = OrderBody.parse(body(message, request));
        message.setProperty(MessageProperties.ORDER_REQUEST, order);
        message.setProperty(MessageProperties.BOOK_IDS, OrderBody.bookIds(order));
        message.setProperty(MessageProperties.PROMO_CODE, order.promoCode().orElse(""));
        message.setProperty(MessageProperties.FINGERPRINT, OrderBody.fingerprint(order));
    }

    @Override
    public boolean isContentAware() {
        return true;
    }

    private static JsonNode body(MessageContext message, HttpRequest request) {
        byte[] json = MessagePayload.json(message);
        if (json.length > 0 || request.header("Content-Type") != null) {
            JsonBody.requireJson(request.contentType());
        }
        return JsonBody.parse(json);
    }

    private static void actor(MessageContext message) {
        Caller caller = required(message, MessageProperties.CALLER, Caller.class);
        message.setProperty(MessageProperties.ACTOR, caller.email().orElse(caller.subject()));
    }

    /** Whose orders the caller may touch. Without an e-mail address nobody's, never everybody's: that is what "" would mean. */
    private static void owner(MessageContext message, String scopeForEverybodys) {
        Caller caller = required(message, MessageProperties.CALLER, Caller.class);
        message.setProperty(
                MessageProperties.OWNER_EMAIL,
                caller.hasScope(scopeForEverybodys)
                        ? ""
                        : caller.email().orElseThrow(() -> new SynapseException("The caller has no e-mail address")));
    }
}
