package com.books.bookstore.mediator;

import com.books.bookstore.json.HealthDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.Response;
import org.apache.synapse.MessageContext;

/** Answers that this node lives: whoever hears it knows. It asks nothing else, for a restart heals no database. Thread-safe. */
public class LivenessMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        HttpAnswer.put(message, Response.json(200, HealthDocuments.of(true)).withHeader("Cache-Control", "no-store"));
    }
}
