package com.books.bookstore.mediator;

import com.books.bookstore.json.HealthDocuments;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.Response;
import org.apache.synapse.MessageContext;

/** Answers that this node is alive. It checks nothing else, because a restart does not repair a database. Thread-safe. */
public class LivenessMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        HttpAnswer.put(message, Response.json(200, HealthDocuments.of(true)).withHeader("Cache-Control", "no-store"));
    }
}
