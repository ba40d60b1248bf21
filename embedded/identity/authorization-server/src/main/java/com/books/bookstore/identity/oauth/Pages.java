package com.books.bookstore.identity.oauth;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** The sign-in page and its style sheet, which work without scripts. Thread safe. */
final class Pages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String LOGIN_PAGE = read("login.html");
    private static final String MESSAGE_PAGE = read("message.html");
    private static final String STYLE_SHEET = read("login.css");

    private static String read(String resource) {
        try (InputStream content = Pages.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case Endpoints.STYLE_SHEET -> write(response, HttpServletResponse.SC_OK, "text/css", STYLE_SHEET);
            case Endpoints.LOGIN -> sendLogin(request, response, HttpServletResponse.SC_OK, "", "");
            default ->
                sendMessage(
                        response,
                        HttpServletResponse.SC_OK,
                        "books.com identity",
                        "This server signs users in for development and tests.");
        }
    }

    /** The sign-in page again, with the reason why the password was not accepted. */
    static void sendRefusal(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        String userName = request.getParameter("username");
        if (reason instanceof PasswordSignIn.TooManyFailuresException tooMany) {
            Duration wait = tooMany.waitingTime();
            response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
            sendLogin(request, response, 429, "Too many attempts. Wait a minute, then try again.", userName);
        } else if (reason instanceof BadCredentialsException) {
            sendLogin(
                    request,
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "The user name or password is not right.",
                    userName);
        } else {
            sendLogin(
                    request,
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Signing in is not possible at the moment. Try again soon.",
                    userName);
        }
    }

    private static void sendLogin(
            HttpServletRequest request, HttpServletResponse response, int status, String problem, String userName)
            throws IOException {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String alert =
                problem.isEmpty() ? "" : "<p id=\"problem\" class=\"problem\" role=\"alert\">" + problem + "</p>";
        String described = problem.isEmpty() ? "" : " aria-describedby=\"problem\" aria-invalid=\"true\"";
        boolean knowsName = userName != null && !userName.isBlank();
        write(
                response,
                status,
                "text/html",
                LOGIN_PAGE
                        .replace("{{alert}}", alert)
                        .replace("{{described}}", described)
                        // Whoever mistyped the password goes on with the password.
                        .replace("{{focusUserName}}", knowsName ? "" : " autofocus")
                        .replace("{{focusPassword}}", knowsName ? " autofocus" : "")
                        .replace("{{csrfName}}", csrf.getParameterName())
                        .replace("{{csrfToken}}", csrf.getToken())
                        // Last, as it is the visitor's own text.
                        .replace("{{userName}}", HtmlUtils.htmlEscape(userName == null ? "" : userName)));
    }

    static void sendMessage(HttpServletResponse response, int status, String title, String message) throws IOException {
        write(
                response,
                status,
                "text/html",
                MESSAGE_PAGE
                        .replace("{{title}}", HtmlUtils.htmlEscape(title))
                        .replace("{{message}}", HtmlUtils.htmlEscape(message)));
    }

    private static void write(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type + ";charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
