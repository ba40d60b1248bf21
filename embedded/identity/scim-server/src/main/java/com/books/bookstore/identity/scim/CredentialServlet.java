package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessSettings;
import com.books.bookstore.identity.access.UserDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.user.api.UserStoreException;

/**
 * {@code POST /internal/authenticate}: tells the OAuth server on the same machine whether a user name and password
 * belong together, and who that is. Only for loopback callers that show the shared secret.
 */
final class CredentialServlet extends HttpServlet {

    static final String ALIAS = "/internal/authenticate";

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(CredentialServlet.class);
    private static final String SECRET_HEADER = "X-Bookstore-Secret";
    private static final int LONGEST_BODY = 16 * 1024;

    private final transient UserDirectory users;

    CredentialServlet(UserDirectory users) {
        this.users = users;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress() || !knowsSecret(request)) {
            answer(response, 403, new JSONObject().put("error", "forbidden"));
            return;
        }
        PrivilegedCarbonContext.startTenantFlow();
        try (InputStream in = request.getInputStream()) {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super", true);
            JSONObject credentials = new JSONObject(new String(in.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
            String id = users.authenticate(credentials.getString("userName"), credentials.getString("password"));
            JSONObject user = id == null ? null : describe(id);
            if (user == null || !user.getBoolean("active")) {
                answer(response, 401, new JSONObject().put("error", "invalid_credentials"));
            } else {
                answer(response, 200, user);
            }
        } catch (JSONException malformed) {
            answer(response, 400, new JSONObject().put("error", "userName and password are needed"));
        } catch (UserStoreException failed) {
            LOG.error("The user store cannot be asked", failed);
            answer(response, 503, new JSONObject().put("error", "user_store_unavailable"));
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private JSONObject describe(String id) throws UserStoreException {
        Map<String, String> claims = users.store().getUserClaimValuesWithID(id, StoredUser.CLAIMS, "default");
        StoredUser user = new StoredUser(id, users.name(id), claims, "", Collections.emptyList());
        return new JSONObject()
                .put("id", id)
                .put("userName", user.userName)
                .put("email", user.claim(StoredUser.MAIL))
                .put("givenName", user.claim(StoredUser.GIVEN_NAME))
                .put("familyName", user.claim(StoredUser.FAMILY_NAME))
                .put("active", user.isActive())
                .put("roles", new JSONArray(StoredUser.plainRoles(users.store().getRoleListOfUserWithID(id))));
    }

    private static boolean knowsSecret(HttpServletRequest request) throws IOException {
        String secret = AccessSettings.internalSecret();
        String shown = request.getHeader(SECRET_HEADER);
        return !secret.isEmpty()
                && shown != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpServletResponse response, int status, JSONObject json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(json.toString());
    }
}
