package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the pages that a browser asks for by their address. Thread safe. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case Endpoints.STYLE_SHEET -> Pages.sendStyleSheet(response);
            case Endpoints.LOGIN -> Pages.sendLogin(request, response);
            default -> Pages.sendMessage(request, response, HttpServletResponse.SC_OK, "server");
        }
    }
}
