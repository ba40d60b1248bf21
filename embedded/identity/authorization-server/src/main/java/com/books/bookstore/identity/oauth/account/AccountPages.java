package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.web.Pages;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.web.csrf.CsrfToken;

/** The pages of accounts, which work without scripts. What goes into a page is escaped. Thread safe. */
final class AccountPages {

    static final Template ACCOUNT = template("account.html");
    static final Template FORGOTTEN = template("forgotten.html");
    static final Template NEW_PASSWORD = template("new-password.html");

    private AccountPages() {}

    private static Template template(String resource) {
        try (InputStream content = AccountPages.class.getResourceAsStream(resource)) {
            return Mustache.compiler()
                    .emptyStringIsFalse(true)
                    .compile(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param values those of the page besides the token of its forms and the address of the shop */
    static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Template page,
            Map<String, String> values)
            throws IOException {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        Map<String, String> all = new HashMap<>(values);
        all.put("csrfName", csrf.getParameterName());
        all.put("csrfToken", csrf.getToken());
        all.put("shop", Pages.shop(request));
        Pages.sendHtml(response, status, page.execute(all));
    }
}
