package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.signin.CurrentUsers;
import com.books.bookstore.identity.oauth.users.Accounts;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.web.PageTexts;
import com.books.bookstore.identity.oauth.web.Pages;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * A signed-in user's own account: name, password, deletion. A new password and the deletion need the current password, whose guesses count
 * like those of the sign-in page. Thread safe.
 */
public final class AccountServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 100;
    /** As for a registration: nothing that is not seen but the joiners within words, and something that is. */
    private static final Pattern NAME =
            Pattern.compile("(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\u115F\\u1160\\u3164\\uFFA0\\u2800]])"
                    + "[\\P{C}\\u200C\\u200D&&[^\\p{Zl}\\p{Zp}]]{1," + LONGEST_NAME + "}");
    /** Others run the shop: an administrator deletes them, so that one is left. */
    private static final Set<String> MAY_LEAVE = Set.of("bookstore-customer");

    private final transient CurrentUsers users;
    private final transient Accounts accounts;
    private final transient AuthenticationProvider passwords;

    /** @param passwords checks user name and password as the sign-in page does */
    public AccountServlet(CurrentUsers users, Accounts accounts, AuthenticationProvider passwords) {
        this.users = users;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DirectoryUser> user = user();
        if (user.isEmpty()) {
            signInAgain(request, response);
        } else {
            send(request, response, user.get(), "", "");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DirectoryUser> user = user();
        if (user.isEmpty()) {
            signInAgain(request, response);
            return;
        }
        switch (parameter(request, "action")) {
            case "name" -> rename(request, response, user.get());
            case "password" -> changePassword(request, response, user.get());
            case "delete" -> delete(request, response, user.get());
            default -> send(request, response, user.get(), text(request, "account.nothing"), "");
        }
    }

    private void rename(HttpServletRequest request, HttpServletResponse response, DirectoryUser user)
            throws IOException {
        String given = parameter(request, "givenName").strip();
        String family = parameter(request, "familyName").strip();
        if (!isName(given) || !isName(family)) {
            send(request, response, user, text(request, "account.wrongName", LONGEST_NAME), "");
            return;
        }
        accounts.rename(user.id(), given, family);
        send(request, response, user().orElse(user), "", text(request, "account.renamed"));
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private void changePassword(HttpServletRequest request, HttpServletResponse response, DirectoryUser user)
            throws IOException {
        String wanted = parameter(request, "password");
        if (!wanted.equals(parameter(request, "repeated"))) {
            send(request, response, user, text(request, "account.different"), "");
        } else if (knowsPassword(request, response, user)) {
            Optional<String> refusal = accounts.setPassword(user.id(), wanted);
            if (refusal.isPresent()) {
                send(request, response, user, text(request, "newPassword.refused", refusal.get()), "");
            } else {
                end(request);
                Pages.sendMessage(request, response, HttpServletResponse.SC_OK, "changed");
            }
        }
    }

    private void delete(HttpServletRequest request, HttpServletResponse response, DirectoryUser user)
            throws IOException {
        if (!MAY_LEAVE.containsAll(user.roles())) {
            send(request, response, user, text(request, "account.runsShop"), "");
        } else if (knowsPassword(request, response, user)) {
            accounts.delete(user.id());
            end(request);
            Pages.sendMessage(request, response, HttpServletResponse.SC_OK, "deleted");
        }
    }

    /** Otherwise the answer is sent. */
    private boolean knowsPassword(HttpServletRequest request, HttpServletResponse response, DirectoryUser user)
            throws IOException {
        UsernamePasswordAuthenticationToken shown =
                UsernamePasswordAuthenticationToken.unauthenticated(user.userName(), parameter(request, "current"));
        shown.setDetails(new WebAuthenticationDetails(request));
        try {
            return passwords.authenticate(shown).getName().equals(user.id());
        } catch (BadCredentialsException wrong) {
            send(request, response, user, text(request, "account.wrongPassword"), "");
        } catch (AuthenticationException notNow) {
            send(request, response, user, text(request, "account.notNow"), "");
        }
        return false;
    }

    private Optional<DirectoryUser> user() {
        return users.of(SecurityContextHolder.getContext().getAuthentication());
    }

    private static void signInAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        end(request);
        response.sendRedirect(Endpoints.MY_ACCOUNT);
    }

    private static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    private static void send(
            HttpServletRequest request, HttpServletResponse response, DirectoryUser user, String problem, String done)
            throws IOException {
        Pages.send(
                request,
                response,
                problem.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST,
                AccountPages.ACCOUNT,
                "account",
                Map.of(
                        "problem", problem,
                        "done", done,
                        "userName", user.userName(),
                        "email", user.email(),
                        "givenName", user.givenName(),
                        "familyName", user.familyName()));
    }

    private static String text(HttpServletRequest request, String key, Object... values) {
        return PageTexts.of(request).get(key, values);
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
