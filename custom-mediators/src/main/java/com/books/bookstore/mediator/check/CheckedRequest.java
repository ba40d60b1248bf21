package com.books.bookstore.mediator.check;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.JsonPayload;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.registration.PasswordPolicy;
import com.books.bookstore.request.BookQuery;
import com.books.bookstore.request.DeliveryAddressRule;
import com.books.bookstore.request.JsonBody;
import com.books.bookstore.request.Page;
import com.books.bookstore.request.PlacedPage;
import com.books.bookstore.request.QueryParameters;
import com.books.bookstore.security.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.apache.synapse.MessageContext;

/** A request that is being checked, and where its checked parts go. For one message on one thread. */
public final class CheckedRequest {

    private final MessageContext message;
    private final HttpRequest http;
    private final LocalDate today;
    private final PasswordPolicy passwordPolicy;
    private final DeliveryAddressRule deliveryRule;

    /**
     * @param today          the current day, in UTC
     * @param passwordPolicy the rules for an applicant's password
     * @param deliveryRule   whether new orders have a delivery address
     */
    public CheckedRequest(
            MessageContext message, LocalDate today, PasswordPolicy passwordPolicy, DeliveryAddressRule deliveryRule) {
        this.message = message;
        this.http = new HttpRequest(message);
        this.today = today;
        this.passwordPolicy = passwordPolicy;
        this.deliveryRule = deliveryRule;
    }

    /** A header, or null. */
    String header(String name) {
        return http.header(name);
    }

    /** A variable of the URI template, or null. */
    String pathVariable(String name) {
        return http.pathVariable(name);
    }

    QueryParameters query() {
        return http.query();
    }

    /**
     * The body as a JSON object.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code unsupported_media_type}, {@code payload_too_large} or {@code malformed_json}
     */
    JsonNode body() {
        JsonBody.requireUncompressed(http.header("Content-Encoding"));
        byte[] json = JsonPayload.read(message);
        if (json.length > 0 || http.header("Content-Type") != null) {
            JsonBody.requireJson(http.contentType());
        }
        return JsonBody.parse(json);
    }

    /** The caller that the access token names. */
    Caller caller() {
        return required(message, MessageProperties.CALLER, Caller.class);
    }

    LocalDate today() {
        return today;
    }

    PasswordPolicy passwordPolicy() {
        return passwordPolicy;
    }

    DeliveryAddressRule deliveryRule() {
        return deliveryRule;
    }

    /** Leaves a checked part for the data services. */
    void set(String property, Object value) {
        message.setProperty(property, value);
    }

    void setBooks(BookQuery query) {
        set(MessageProperties.WORDS, json(query.search().words()));
        set(MessageProperties.ISBN, query.search().isbn());
        set(MessageProperties.CATEGORY, query.category());
        set(MessageProperties.MAX_STOCK, Integer.toString(query.maxStock()));
        set(MessageProperties.SORT, query.sort());
        set(MessageProperties.PLACE, query.place());
        setRows(query.page());
    }

    private static String json(List<String> words) {
        return Json.write(json -> json.writeArray(words.toArray(String[]::new), 0, words.size()));
    }

    void setPage(PlacedPage page) {
        set(MessageProperties.SORT, page.list());
        set(MessageProperties.PLACE, page.number());
        set(MessageProperties.PLACE_CODE, page.text());
        setRows(page.page());
    }

    private void setRows(Page page) {
        set(MessageProperties.LIMIT, Integer.toString(page.limit()));
        set(MessageProperties.ROWS, Integer.toString(page.limit() + 1));
        set(MessageProperties.OFFSET, Integer.toString(page.offset()));
    }
}
