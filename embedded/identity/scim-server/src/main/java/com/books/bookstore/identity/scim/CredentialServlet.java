package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.UserDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.json.JSONObject;
import org.wso2.carbon.user.api.UserStoreException;

/**
 * {@code POST /internal/authenticate} with {@code {"userName","password"}}: 200 with the {@linkplain UserState state} of the user when
 * name and password belong together and the user is active, else 401.
 */
final class CredentialServlet extends InternalApi {

    static final String ALIAS = "/internal/authenticate";

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_BODY = 16 * 1024;

    private final transient UserDirectory users;
    private final transient UserState states;

    CredentialServlet(UserDirectory users, UserState states) {
        this.users = users;
        this.states = states;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, UserStoreException {
        if (!"POST".equals(request.getMethod())) {
            error(response, 405, "method_not_allowed");
            return;
        }
        JSONObject credentials;
        try (InputStream in = request.getInputStream()) {
            credentials = new JSONObject(new String(in.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
        }
        String id = users.authenticate(credentials.getString("userName"), credentials.getString("password"));
        if (id == null) {
            error(response, 401, "invalid_credentials");
        } else {
            write(response, 200, states.of(id));
        }
    }
}
