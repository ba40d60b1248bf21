package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.UserDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.json.JSONObject;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.charon3.core.exceptions.AbstractCharonException;

/**
 * What users change in their own accounts, by the authorization server, which has made sure who they are. {@code GET
 * /internal/accounts?email=}: 200 with the {@linkplain UserState state} of the user with this primary address, else 404. {@code PUT
 * /internal/accounts/{id}/password} with {@code {"password"}}: 204, or 400 {@code password_refused} with the policy in {@code detail}.
 * {@code PUT .../{id}/name} with {@code {"givenName","familyName"}} and {@code DELETE .../{id}}: 204.
 */
final class AccountServlet extends InternalApi {

    static final String ALIAS = "/internal/accounts";

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_BODY = 16 * 1024;

    private final transient UserDirectory users;
    private final transient UserState states;
    private final transient CarbonUserManager manager;
    private final transient EmailAddresses addresses;

    AccountServlet(UserDirectory users, UserState states, CarbonUserManager manager, EmailAddresses addresses) {
        this.users = users;
        this.states = states;
        this.manager = manager;
        this.addresses = addresses;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, UserStoreException {
        String[] path = String.valueOf(request.getPathInfo()).split("/");
        try {
            if ("GET".equals(request.getMethod()) && request.getParameter("email") != null) {
                find(request.getParameter("email"), response);
            } else if (path.length < 2 || !users.store().isExistingUserWithID(path[1])) {
                error(response, 404, "unknown_user");
            } else if ("DELETE".equals(request.getMethod()) && path.length == 2) {
                manager.deleteUser(path[1]);
                response.setStatus(204);
            } else if ("PUT".equals(request.getMethod()) && path.length == 3) {
                change(path[1], path[2], body(request), response);
            } else {
                error(response, 405, "method_not_allowed");
            }
        } catch (AbstractCharonException | SQLException failed) {
            throw new UserStoreException("The account could not be changed", failed);
        }
    }

    private void find(String email, HttpServletResponse response) throws IOException, SQLException, UserStoreException {
        String id = addresses.owner(email);
        if (id == null) {
            error(response, 404, "unknown_user");
        } else {
            write(response, 200, states.of(id));
        }
    }

    private void change(String id, String what, JSONObject body, HttpServletResponse response)
            throws IOException, UserStoreException {
        if ("name".equals(what)) {
            manager.rename(id, body.getString("givenName"), body.getString("familyName"));
            response.setStatus(204);
        } else if ("password".equals(what)) {
            Optional<String> refusal = manager.setPassword(id, body.getString("password"));
            if (refusal.isPresent()) {
                write(
                        response,
                        400,
                        new JSONObject().put("error", "password_refused").put("detail", refusal.get()));
            } else {
                response.setStatus(204);
            }
        } else {
            error(response, 404, "unknown_property");
        }
    }

    private static JSONObject body(HttpServletRequest request) throws IOException {
        try (InputStream in = request.getInputStream()) {
            return new JSONObject(new String(in.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
        }
    }
}
