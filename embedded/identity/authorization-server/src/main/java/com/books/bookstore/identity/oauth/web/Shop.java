package com.books.bookstore.identity.oauth.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** The storefront that sent a visitor to the sign-in page. Its address goes into links, so it must be one of the settings' web origins. */
final class Shop {

    private static final String ORIGINS = Shop.class.getName() + ".origins";

    private Shop() {}

    /** Tells the pages of a server which storefronts there are. */
    static void setOrigins(ServletContext context, List<String> origins) {
        context.setAttribute(ORIGINS, List.copyOf(origins));
    }

    /** Such as {@code https://shop.books.example}; empty if the visitor came from elsewhere, such as the command line. */
    static Optional<String> of(HttpServletRequest request) {
        Object origins = request.getServletContext().getAttribute(ORIGINS);
        SavedRequest waiting = new HttpSessionRequestCache().getRequest(request, null);
        String[] redirects = waiting == null ? null : waiting.getParameterValues("redirect_uri");
        if (redirects == null || redirects.length != 1 || !(origins instanceof List<?> known)) {
            return Optional.empty();
        }
        try {
            String origin = URI.create(redirects[0]).resolve("/").toString().replaceFirst("/$", "");
            return Optional.of(origin).filter(known::contains);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The first storefront of the settings. */
    static Optional<String> first(HttpServletRequest request) {
        return request.getServletContext().getAttribute(ORIGINS) instanceof List<?> known
                ? known.stream().map(String.class::cast).findFirst()
                : Optional.empty();
    }
}
