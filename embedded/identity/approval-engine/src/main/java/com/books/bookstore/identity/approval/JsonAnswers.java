package com.books.bookstore.identity.approval;

import java.io.IOException;
import java.util.UUID;
import javax.servlet.http.HttpServletResponse;
import org.json.JSONObject;

/** Answers in JSON, errors in the form of Identity Server's REST APIs. */
final class JsonAnswers {

    private JsonAnswers() {}

    static void error(HttpServletResponse response, int status, String code, String message) throws IOException {
        answer(
                response,
                status,
                new JSONObject()
                        .put("code", code)
                        .put("message", message)
                        .put("traceId", UUID.randomUUID().toString())
                        .toString());
    }

    static void answer(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(json);
    }
}
