package com.books.bookstore.mediator;

import java.util.Arrays;
import org.apache.synapse.SynapseException;

/** The operations of the APIs. */
enum Operation {
    LIST_BOOKS("listBooks"),
    GET_BOOK("getBook"),
    CREATE_BOOK("createBook"),
    UPDATE_BOOK("updateBook"),
    DELETE_BOOK("deleteBook"),
    QUOTE_ORDER("quoteOrder"),
    PLACE_ORDER("placeOrder"),
    LIST_ORDERS("listOrders"),
    GET_ORDER("getOrder"),
    COMPLETE_ORDER("completeOrder"),
    CANCEL_ORDER("cancelOrder"),
    GET_PAYMENT("getPayment"),
    REGISTER("register"),
    GET_REGISTRATION("getRegistration"),
    LIST_REGISTRATIONS("listRegistrations"),
    APPROVE_REGISTRATION("approveRegistration"),
    REJECT_REGISTRATION("rejectRegistration"),
    LIST_SUMMARIES("listSummaries"),
    GET_SUMMARY("getSummary"),
    MAIL_SUMMARY("mailSummary"),
    LIST_MAILS("listMails"),
    REQUEUE_MAIL("requeueMail");

    private final String id;

    Operation(String id) {
        this.id = id;
    }

    /**
     * @param id the operation's name in the API definitions
     * @throws SynapseException if there is none of that name
     */
    static Operation of(String id) {
        return Arrays.stream(values())
                .filter(operation -> operation.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new SynapseException("The setting 'operation' names no operation: " + id));
    }
}
