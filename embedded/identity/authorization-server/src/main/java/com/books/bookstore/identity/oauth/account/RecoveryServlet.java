package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.users.Accounts;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.RecoveryMail;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.identity.oauth.web.PageTexts;
import com.books.bookstore.identity.oauth.web.Pages;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgotten passwords: an email with a link that expires, and the page behind the link. The answer to a request is the same, and takes the
 * same time, whether or not the address has an account: it is looked up, and the email is sent, in another thread. Thread safe.
 */
public final class RecoveryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryServlet.class);
    private static final int WAITING = 100;
    private static final int LONGEST_ADDRESS = 254;

    private final transient Accounts accounts;
    private final transient RecoveryMail mail;
    private final transient RecoveryTokens tokens;
    private final transient RecoveryLimit limit;
    /** More than {@value #WAITING} requests that wait are dropped. */
    private final transient ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
                Thread thread = new Thread(task, "recovery-emails");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    public RecoveryServlet(UserDirectory users, Accounts accounts, RecoveryMail mail, Clock clock) {
        this.accounts = accounts;
        this.mail = mail;
        this.tokens = new RecoveryTokens(users, clock);
        this.limit = new RecoveryLimit(clock);
    }

    @Override
    public void destroy() {
        sender.shutdownNow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Endpoints.RECOVERY.equals(request.getServletPath())) {
            Pages.send(request, response, HttpServletResponse.SC_OK, AccountPages.FORGOTTEN, "forgotten", Map.of());
        } else {
            sendNewPassword(request, response, "");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Endpoints.RECOVERY.equals(request.getServletPath())) {
            ask(request, response);
        } else {
            change(request, response);
        }
    }

    private void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String email = Normalizer.normalize(parameter(request, "username").strip(), Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT);
        // The host is one of the server's own: RequestGuard refuses others.
        String page = URI.create(request.getRequestURL().toString())
                .resolve(Endpoints.NEW_PASSWORD)
                .toString();
        if (!email.isEmpty()
                && email.length() <= LONGEST_ADDRESS
                && limit.allows(email, String.valueOf(request.getRemoteAddr()))) {
            PageTexts texts = PageTexts.of(request);
            sender.execute(() -> send(email, page, texts));
        }
        Pages.sendMessage(request, response, HttpServletResponse.SC_OK, "sent", RecoveryTokens.LIFETIME.toMinutes());
    }

    private void send(String email, String page, PageTexts texts) {
        try {
            Optional<DirectoryUser> user = accounts.withEmail(email).filter(DirectoryUser::active);
            if (user.isPresent()) {
                mail.send(
                        user.get().email(),
                        AccountPages.letter(page + "?confirmation=" + tokens.of(user.get()), texts));
            }
        } catch (Exception e) {
            // Without the address.
            LOG.error(
                    "An email for a new password was not sent: {}", e.getClass().getName());
        }
    }

    private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<DirectoryUser> user = tokens.user(parameter(request, "confirmation"));
        String password = parameter(request, "password");
        if (user.isEmpty()) {
            sendExpired(request, response);
        } else if (!password.equals(parameter(request, "repeated"))) {
            sendNewPassword(request, response, PageTexts.of(request).get("newPassword.different"));
        } else {
            Optional<String> refusal = accounts.setPassword(user.get().id(), password);
            if (refusal.isPresent()) {
                sendNewPassword(request, response, PageTexts.of(request).get("newPassword.refused", refusal.get()));
            } else {
                Pages.sendMessage(request, response, HttpServletResponse.SC_OK, "recovered");
            }
        }
    }

    private void sendNewPassword(HttpServletRequest request, HttpServletResponse response, String problem)
            throws IOException {
        String token = parameter(request, "confirmation");
        if (tokens.user(token).isEmpty()) {
            sendExpired(request, response);
            return;
        }
        Pages.send(
                request,
                response,
                problem.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST,
                AccountPages.NEW_PASSWORD,
                "newPassword",
                Map.of("confirmation", token, "problem", problem));
    }

    private static void sendExpired(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Pages.sendMessage(request, response, HttpServletResponse.SC_BAD_REQUEST, "expired");
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
