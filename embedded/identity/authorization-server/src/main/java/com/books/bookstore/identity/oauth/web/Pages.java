package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.signin.TooManyAttemptsException;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfToken;

/** The pages of this server and their style sheet, which work without scripts. What goes into a page is escaped. Thread safe. */
public final class Pages {

    /** Name of the servlet without which users cannot recover passwords. */
    public static final String RECOVERY_SERVLET = "recovery";

    private static final int TOO_MANY_REQUESTS = 429;
    /** An empty text counts as missing, so that sections ask whether there is one. */
    private static final Mustache.Compiler MUSTACHE = Mustache.compiler().emptyStringIsFalse(true);

    private static final Template LOGIN_PAGE = MUSTACHE.compile(read("login.html"));
    private static final Template MESSAGE_PAGE = MUSTACHE.compile(read("message.html"));
    private static final String STYLE_SHEET = read("login.css");

    private Pages() {}

    private static String read(String resource) {
        try (InputStream content = Pages.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void sendStyleSheet(HttpServletResponse response) throws IOException {
        write(response, HttpServletResponse.SC_OK, "text/css", STYLE_SHEET);
    }

    static void sendLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendLogin(request, response, HttpServletResponse.SC_OK, "", "");
    }

    /** The sign-in page again, with the reason why user name and password were not accepted. */
    public static void sendRefusal(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        String userName = Objects.requireNonNullElse(request.getParameter("username"), "");
        if (reason instanceof TooManyAttemptsException tooMany) {
            Duration wait = tooMany.waitingTime();
            response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
            sendLogin(
                    request,
                    response,
                    TOO_MANY_REQUESTS,
                    "Too many failed attempts. Wait a moment, then try again.",
                    userName);
        } else if (reason instanceof BadCredentialsException) {
            sendLogin(
                    request,
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "The email address or password is wrong.",
                    userName);
        } else {
            sendLogin(
                    request,
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Signing in is temporarily unavailable. Try again later.",
                    userName);
        }
    }

    private static void sendLogin(
            HttpServletRequest request, HttpServletResponse response, int status, String problem, String userName)
            throws IOException {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        write(
                response,
                status,
                "text/html",
                LOGIN_PAGE.execute(Map.of(
                        "problem",
                        problem,
                        "userName",
                        userName.strip(),
                        "csrfName",
                        csrf.getParameterName(),
                        "csrfToken",
                        csrf.getToken(),
                        "shop",
                        Shop.of(request).orElse(""),
                        "recovery",
                        request.getServletContext().getServletRegistrations().containsKey(RECOVERY_SERVLET)
                                ? Endpoints.RECOVERY
                                : "")));
    }

    /** A page with a title and one paragraph. */
    public static void sendMessage(HttpServletResponse response, int status, String title, String message)
            throws IOException {
        write(response, status, "text/html", MESSAGE_PAGE.execute(Map.of("title", title, "message", message)));
    }

    /** Another page of this server. */
    public static void sendHtml(HttpServletResponse response, int status, String html) throws IOException {
        write(response, status, "text/html", html);
    }

    /** The address of the shop for links: that from which the visitor came, else the first one; empty if there is none. */
    public static String shop(HttpServletRequest request) {
        return Shop.of(request).or(() -> Shop.first(request)).orElse("");
    }

    private static void write(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type + ";charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
