package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.signin.TooManyAttemptsException;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
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
    private static final Mustache.Compiler MUSTACHE = Mustache.compiler()
            .emptyStringIsFalse(true)
            // The head and foot that all pages share.
            .withLoader(name -> new StringReader(read(Pages.class, name + ".html")));

    private static final Template LOGIN_PAGE = template(Pages.class, "login.html");
    private static final Template MESSAGE_PAGE = template(Pages.class, "message.html");
    private static final String STYLE_SHEET = read(Pages.class, "login.css");

    private Pages() {}

    /**
     * @param owner    a class beside whose package the resource is
     * @param resource a page that begins with the shared head and ends with the shared foot
     */
    public static Template template(Class<?> owner, String resource) {
        return MUSTACHE.compile(read(owner, resource));
    }

    private static String read(Class<?> owner, String resource) {
        try (InputStream content = owner.getResourceAsStream(resource)) {
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
            sendLogin(request, response, TOO_MANY_REQUESTS, "signIn.tooMany", userName);
        } else if (reason instanceof BadCredentialsException) {
            sendLogin(request, response, HttpServletResponse.SC_UNAUTHORIZED, "signIn.wrong", userName);
        } else {
            sendLogin(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "signIn.unavailable", userName);
        }
    }

    private static void sendLogin(
            HttpServletRequest request, HttpServletResponse response, int status, String problem, String userName)
            throws IOException {
        PageTexts texts = PageTexts.of(request);
        send(
                request,
                response,
                status,
                LOGIN_PAGE,
                "signIn",
                Map.of(
                        "problem",
                        problem.isEmpty() ? "" : texts.get(problem),
                        "userName",
                        userName.strip(),
                        "shop",
                        Shop.of(request).orElse(""),
                        "recovery",
                        request.getServletContext().getServletRegistrations().containsKey(RECOVERY_SERVLET)
                                ? Endpoints.RECOVERY
                                : ""));
    }

    /**
     * A page with a title and one paragraph.
     *
     * @param key    of the title; the paragraph's ends with {@code .text}
     * @param values of the places in the paragraph
     */
    public static void sendMessage(
            HttpServletRequest request, HttpServletResponse response, int status, String key, Object... values)
            throws IOException {
        send(
                request,
                response,
                status,
                MESSAGE_PAGE,
                key,
                Map.of("message", PageTexts.of(request).get(key + ".text", values)));
    }

    /**
     * A page of this server, with the token of its forms and the address of the shop.
     *
     * @param title  key of its title
     * @param values its other values
     */
    public static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Template page,
            String title,
            Map<String, String> values)
            throws IOException {
        PageTexts texts = PageTexts.of(request);
        Map<String, Object> all = texts.forTemplate();
        all.put("title", texts.get(title));
        all.put("shop", shop(request));
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf) {
            all.put("csrfName", csrf.getParameterName());
            all.put("csrfToken", csrf.getToken());
        }
        all.putAll(values);
        write(response, status, "text/html", page.execute(all));
    }

    /** The address of the shop for links: that from which the visitor came, else the first one; empty if there is none. */
    private static String shop(HttpServletRequest request) {
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
