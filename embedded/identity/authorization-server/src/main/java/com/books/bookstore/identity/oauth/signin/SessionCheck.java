package com.books.bookstore.identity.oauth.signin;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Decides whether the browser's session is good enough for a request to authorize, or for the page of the user's account: the user still has access, the session is within
 * its absolute limit, and the request does not ask for a fresh sign-in ({@code prompt=login}, {@code prompt=select_account},
 * {@code max_age}) or another user ({@code id_token_hint}). If not, the request goes on without the session: the sign-in page
 * follows, or {@code login_required} with {@code prompt=none}. Thread safe.
 */
public final class SessionCheck extends OncePerRequestFilter {

    private static final String FRESH_SIGN_IN = SessionCheck.class.getName() + ".freshSignIn";
    private static final Set<String> FRESH_PROMPTS = Set.of("login", "select_account");

    private final CurrentUsers users;
    private final Function<String, Optional<String>> subjectOfIdToken;
    private final Set<String> knownScopes;
    private final Duration sessionLimit;
    private final Clock clock;

    /**
     * @param subjectOfIdToken the subject of an ID token of this server, expired or not; empty for any other text
     * @param knownScopes      others are ignored, as OpenID Connect Core says
     * @param sessionLimit     after this a session ends, however often it is used
     */
    public SessionCheck(
            CurrentUsers users,
            Function<String, Optional<String>> subjectOfIdToken,
            Set<String> knownScopes,
            Duration sessionLimit,
            Clock clock) {
        this.users = users;
        this.subjectOfIdToken = subjectOfIdToken;
        this.knownScopes = Set.copyOf(knownScopes);
        this.sessionLimit = sessionLimit;
        this.clock = clock;
    }

    /** A request that demanded a fresh sign-in, and when. */
    private record Demand(String query, Instant since) implements Serializable {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Endpoints.AUTHORIZATION.equals(request.getServletPath())
                && !Endpoints.MY_ACCOUNT.equals(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AuthorizeRequest authorize = new AuthorizeRequest(request).withScopes(knownScopes);
        Authentication signIn = SecurityContextHolder.getContext().getAuthentication();
        if (signIn != null && !isGood(signIn)) {
            endSession(request);
            signIn = null;
        }
        if (demandsFreshSignIn(request, signIn) && !isMet(request, signIn)) {
            withoutSession();
            signIn = null;
        }
        String[] hints = request.getParameterValues("id_token_hint");
        if (hints != null && signIn != null && !isOf(signIn.getName(), hints)) {
            withoutSession();
            authorize = authorize.withPrompt("none");
        }
        chain.doFilter(authorize, response);
    }

    private boolean isGood(Authentication signIn) {
        return SignIn.time(signIn)
                        .filter(time -> clock.instant().isBefore(time.plus(sessionLimit)))
                        .isPresent()
                && users.of(signIn).isPresent();
    }

    private static void endSession(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        withoutSession();
    }

    private static void withoutSession() {
        // A new context: the old one is the session's own, which other tabs go on using.
        SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
    }

    private boolean demandsFreshSignIn(HttpServletRequest request, Authentication signIn) {
        List<String> prompts = words(request.getParameter("prompt"));
        if (prompts.stream().anyMatch(FRESH_PROMPTS::contains)) {
            return true;
        }
        String maxAge = request.getParameter("max_age");
        return maxAge != null && !isYoungerThan(maxAge, signIn);
    }

    private boolean isYoungerThan(String maxAge, Authentication signIn) {
        // What is not a number of seconds is met by a fresh sign-in only; so is 0.
        return maxAge.matches("[1-9][0-9]{0,8}")
                && SignIn.time(signIn)
                        .filter(time -> !clock.instant().isAfter(time.plusSeconds(Long.parseLong(maxAge))))
                        .isPresent();
    }

    /** After the sign-in the browser repeats the request, which then has what it demanded; once. */
    private boolean isMet(HttpServletRequest request, Authentication signIn) {
        HttpSession session = request.getSession();
        Object demand = session.getAttribute(FRESH_SIGN_IN);
        if (signIn != null
                && demand instanceof Demand earlier
                && Objects.equals(earlier.query(), request.getQueryString())
                && SignIn.time(signIn)
                        .filter(time -> !time.isBefore(earlier.since()))
                        .isPresent()) {
            session.removeAttribute(FRESH_SIGN_IN);
            return true;
        }
        session.setAttribute(FRESH_SIGN_IN, new Demand(request.getQueryString(), clock.instant()));
        return false;
    }

    private boolean isOf(String userId, String[] hints) {
        return hints.length == 1
                && subjectOfIdToken.apply(hints[0]).filter(userId::equals).isPresent();
    }

    static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.trim().split("\\s+"));
    }
}
