package com.books.bookstore.identity.oauth;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Serves the discovery document. Spring's own would place the endpoints below the issuer, whose path Identity Server has but
 * does not put before its endpoints. Thread safe.
 */
final class DiscoveryDocument extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> document;

    DiscoveryDocument(Map<String, Object> document) {
        this.document = document;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswers.send(response, document);
    }
}
