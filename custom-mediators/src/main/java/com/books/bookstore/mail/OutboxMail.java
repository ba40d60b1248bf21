package com.books.bookstore.mail;

/** An email as the outbox keeps it. Immutable. */
public final class OutboxMail {

    private final String kind;
    private final String recipients;
    private final String messageId;
    private final String correlationId;
    private final String document;

    /**
     * @param kind          order_placed, order_completed, order_cancelled, order_returned, summary, registration_confirm or
     *                      registration_waiting
     * @param recipients    addresses separated by commas, empty for the administrators
     * @param messageId     without angle brackets
     * @param correlationId the request that asked for it, empty if that is not known
     * @param document      the order, the summary, or the links of a registration, as JSON
     */
    public OutboxMail(String kind, String recipients, String messageId, String correlationId, String document) {
        this.kind = kind;
        this.recipients = recipients;
        this.messageId = messageId;
        this.correlationId = correlationId;
        this.document = document;
    }

    String kind() {
        return kind;
    }

    String recipients() {
        return recipients;
    }

    String messageId() {
        return messageId;
    }

    String correlationId() {
        return correlationId;
    }

    String document() {
        return document;
    }
}
