package com.books.bookstore.identity.oauth.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON; errors as RFC 6749 section 5.2 spells them. */
public final class JsonAnswers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonAnswers() {}

    public static byte[] error(String code, String description) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("error", code);
        if (description != null) {
            error.put("error_description", description);
        }
        return JSON.writeValueAsBytes(error);
    }

    public static void sendError(HttpServletResponse response, int status, String code, String description)
            throws IOException {
        send(response, status, error(code, description));
    }

    public static void send(HttpServletResponse response, Map<String, Object> document) throws IOException {
        send(response, HttpServletResponse.SC_OK, JSON.writeValueAsBytes(document));
    }

    private static void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** RFC 6749 section 5.2: a client that is not who it says gets 401 and is told how to authenticate. */
    public static void sendInvalidClient(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"books.com\"");
        sendError(response, HttpServletResponse.SC_UNAUTHORIZED, "invalid_client", null);
    }
}
