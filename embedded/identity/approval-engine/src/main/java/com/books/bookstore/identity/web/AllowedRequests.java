package com.books.bookstore.identity.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Lets through what the bookstore needs of the kernel: SCIM, approval tasks, workflow instances, and what the authorization server asks.
 * All other paths are 404: the kernel has SOAP services, uploads and a console of its own. A request for a host that is not this machine is
 * 421, because a page of another site must not reach the server by a name that it lets point here. Named in the kernel's web.xml.
 * Thread-safe.
 */
public final class AllowedRequests implements Filter {

    private static final List<String> PATHS = Collections.unmodifiableList(Arrays.asList(
            "/scim2", "/api/users/v2/me/approval-tasks", "/api/server/v1/workflow-instances", "/internal"));

    private static final Set<String> HOSTS = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList("localhost", "127.0.0.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]")));

    private static final int MISDIRECTED = 421;

    @Override
    public void init(FilterConfig configuration) {
        // There is nothing to configure.
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int refusal = refusal((HttpServletRequest) request);
        if (refusal == 0) {
            chain.doFilter(request, response);
        } else {
            // Without a body: the server's own error pages name its version.
            ((HttpServletResponse) response).setStatus(refusal);
        }
    }

    /** @return the status of the answer, or 0 when the request may pass */
    private static int refusal(HttpServletRequest request) {
        String host = request.getServerName();
        if (host == null || !HOSTS.contains(host.toLowerCase(Locale.ROOT))) {
            return MISDIRECTED;
        }
        // Decoded and normalized by the server, as the servlets behind get it.
        String path = text(request.getServletPath()) + text(request.getPathInfo());
        for (String allowed : PATHS) {
            if (path.equals(allowed) || path.startsWith(allowed + "/")) {
                return 0;
            }
        }
        return HttpServletResponse.SC_NOT_FOUND;
    }

    private static String text(String part) {
        return part == null ? "" : part;
    }

    @Override
    public void destroy() {
        // Nothing is held.
    }
}
