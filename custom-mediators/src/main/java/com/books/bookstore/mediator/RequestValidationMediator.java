package com.books.bookstore.mediator;

import com.books.bookstore.mediator.check.CheckedRequest;
import com.books.bookstore.mediator.check.RequestCheck;
import com.books.bookstore.mediator.check.RequestChecks;
import com.books.bookstore.mediator.message.JsonPayload;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.registration.PasswordPolicy;
import com.books.bookstore.request.DeliveryAddressRule;
import java.time.Clock;
import java.time.LocalDate;
import org.apache.synapse.MessageContext;

/**
 * Checks path, query, headers and body of a request, and leaves what the data services need in message properties, as text. Removes the
 * body.
 *
 * <p>The property {@code operation} says which request it is. Problems: invalid_request (naming every wrong field), malformed_json,
 * payload_too_large, unsupported_media_type, book_not_found, order_not_found, registration_not_found, summary_not_found, mail_not_found,
 * day_not_over, precondition_required, precondition_failed, idempotency_key_missing, idempotency_key_invalid. Thread-safe.
 */
public class RequestValidationMediator extends BookstoreMediator {

    private final Clock clock;
    private RequestCheck check;
    private DeliveryAddressRule deliveryRule = DeliveryAddressRule.OPTIONAL;
    private PasswordPolicy passwordPolicy = new PasswordPolicy(PasswordPolicy.DEFAULT_MINIMUM_LENGTH);

    /** For the engine. Days are days in UTC. */
    public RequestValidationMediator() {
        this(Clock.systemUTC());
    }

    RequestValidationMediator(Clock clock) {
        this.clock = clock;
    }

    /** The operation's name in the API definitions, such as {@code placeOrder}. */
    public void setOperation(String operation) {
        String name = Setting.required("operation", operation);
        this.check = RequestChecks.of(name)
                .orElseThrow(() ->
                        new WrongArtifactException("The setting 'operation' names an unknown operation: " + name));
    }

    /** For {@code confirmRegistration}: characters that a password has at least; 8 unless set. */
    public void setMinimumPasswordLength(String minimumPasswordLength) {
        passwordPolicy = new PasswordPolicy(
                Setting.number("minimumPasswordLength", minimumPasswordLength, 1, PasswordPolicy.MAXIMUM_LENGTH));
    }

    /** Whether orders need an address: {@code required}, {@code optional} (unless set) or {@code off}. */
    public void setDeliveryAddress(String deliveryAddress) {
        try {
            deliveryRule = DeliveryAddressRule.of(Setting.required("deliveryAddress", deliveryAddress));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException("The setting 'deliveryAddress': " + e.getMessage());
        }
    }

    @Override
    void handle(MessageContext message) {
        if (check == null) {
            throw new WrongArtifactException("The setting 'operation' is not set");
        }
        check.check(new CheckedRequest(message, LocalDate.now(clock), passwordPolicy, deliveryRule));
        JsonPayload.discardUnread(message);
    }

    /** For operations with a body only: the body of any other is not parsed. */
    @Override
    public boolean isContentAware() {
        return check != null && check.readsBody();
    }
}
