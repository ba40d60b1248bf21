package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.request.JsonBody;
import org.apache.synapse.MessageContext;

/**
 * Refuses a compressed body. It stands before the mediators that need the body: Micro Integrator unpacks a body for them, however large it
 * becomes. Problem: unsupported_media_type. Thread-safe.
 */
public class UncompressedBodyMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        JsonBody.requireUncompressed(new HttpRequest(message).header("Content-Encoding"));
    }
}
