package com.books.bookstore.identity.oauth.web;

import com.books.bookstore.embedded.Causes;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.protocol.JsonAnswers;
import com.books.bookstore.identity.oauth.users.UserDirectoryUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no endpoint needs to see: unknown paths (404), other methods (405), bodies that are too large (413) or not a form
 * (400), repeated parameters (400), and requests sent to another host name (421), with which a page could reach a server on the
 * loopback interface through a host name that the page controls. Answers 503 when the user store does not answer. Thread safe.
 */
public final class RequestGuard extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

    /** A form of any endpoint is a few hundred bytes. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private static final int MISDIRECTED = 421;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Set<String> hosts;
    private final boolean accounts;

    /** @param accounts whether users change their accounts here */
    public RequestGuard(String host, boolean accounts) {
        this.accounts = accounts;
        this.hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        this.hosts.add(host.toLowerCase(Locale.ROOT));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Set<String> methods = Endpoints.METHODS.get(request.getServletPath());
        if (!isOurs(request.getServerName())) {
            JsonAnswers.sendError(
                    response, MISDIRECTED, "invalid_request", "This server does not answer for that host");
        } else if (methods == null || (!accounts && Endpoints.FOR_ACCOUNTS.contains(request.getServletPath()))) {
            JsonAnswers.sendError(response, HttpServletResponse.SC_NOT_FOUND, "not_found", null);
        } else if (!methods.contains(request.getMethod()) && !isPreFlight(request)) {
            response.setHeader("Allow", String.join(", ", new TreeSet<>(methods)));
            JsonAnswers.sendError(
                    response,
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                    "invalid_request",
                    "This endpoint does not take that method");
        } else if (request.getContentLengthLong() > MAX_BODY_BYTES) {
            JsonAnswers.sendError(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "invalid_request",
                    "The request is too large");
        } else if (takesForm(request) && !isForm(request.getContentType())) {
            refuse(response, "The body has to be " + FORM);
        } else if (Endpoints.FOR_CLIENTS.contains(request.getServletPath()) && repeatsParameter(request)) {
            refuse(response, "A parameter is sent more than once");
        } else if (isEmpty(request, "grant_type")) {
            refuse(response, "grant_type is missing");
        } else {
            answer(request, response, chain);
        }
    }

    private static void refuse(HttpServletResponse response, String description) throws IOException {
        JsonAnswers.sendError(response, HttpServletResponse.SC_BAD_REQUEST, "invalid_request", description);
    }

    /** RFC 6749 section 3.2. */
    private static boolean repeatsParameter(HttpServletRequest request) {
        return request.getParameterMap().values().stream().anyMatch(values -> values.length > 1);
    }

    /** RFC 6749 section 3.1: a parameter without a value counts as missing. */
    private static boolean isEmpty(HttpServletRequest request, String name) {
        return Endpoints.TOKEN.equals(request.getServletPath())
                && request.getParameter(name) != null
                && request.getParameter(name).isBlank();
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            Optional<UserDirectoryUnavailableException> away = Causes.find(e, UserDirectoryUnavailableException.class);
            if (away.isEmpty() || response.isCommitted()) {
                throw e;
            }
            LOG.error("Tokens and sessions cannot be checked: {}", away.get().getMessage());
            response.setHeader("Retry-After", "10");
            if (Endpoints.AUTHORIZATION.equals(request.getServletPath())
                    || Endpoints.FOR_ACCOUNTS.contains(request.getServletPath())) {
                Pages.sendMessage(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "unavailable");
            } else {
                JsonAnswers.sendError(
                        response,
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "temporarily_unavailable",
                        "The user store cannot be reached. Try again later");
            }
        }
    }

    private boolean isOurs(String serverName) {
        return hosts.contains(serverName.toLowerCase(Locale.ROOT));
    }

    private static boolean isPreFlight(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request) && Endpoints.FOR_SCRIPTS.contains(request.getServletPath());
    }

    private static boolean takesForm(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && !Endpoints.USER_INFO.equals(request.getServletPath());
    }

    private static boolean isForm(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(FORM);
    }
}
