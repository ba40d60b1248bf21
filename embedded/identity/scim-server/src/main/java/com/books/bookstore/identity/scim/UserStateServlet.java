package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.UserDirectory;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.wso2.carbon.user.api.UserStoreException;

/**
 * {@code GET /internal/users/{id}}: 200 with the present {@linkplain UserState state} of the user, active or not, or 404 when there is
 * no user with this id. By id and never by name: another person may have the name later.
 */
final class UserStateServlet extends InternalApi {

    static final String ALIAS = "/internal/users";

    private static final long serialVersionUID = 1L;

    private final transient UserDirectory users;
    private final transient UserState states;

    UserStateServlet(UserDirectory users, UserState states) {
        this.users = users;
        this.states = states;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, UserStoreException {
        String id = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        if (!"GET".equals(request.getMethod())) {
            error(response, 405, "method_not_allowed");
        } else if (id.isEmpty() || !users.store().isExistingUserWithID(id)) {
            error(response, 404, "unknown_user");
        } else {
            write(response, 200, states.of(id));
        }
    }
}
