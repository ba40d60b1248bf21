package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.json.JSONException;
import org.json.JSONObject;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.user.api.UserStoreException;

/**
 * What the authorization server on the same machine asks: only for callers on the loopback interface that show the shared secret.
 */
abstract class InternalApi extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(InternalApi.class);
    private static final String SECRET_HEADER = "X-Bookstore-Secret";

    /** Answers a request of the authorization server. */
    abstract void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, UserStoreException;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress() || !knowsSecret(request)) {
            error(response, 403, "forbidden");
            return;
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super", true);
            answer(request, response);
        } catch (JSONException malformed) {
            error(response, 400, "malformed_request");
        } catch (UserStoreException failed) {
            LOG.error("The user store did not answer a question of the authorization server", failed);
            error(response, 503, "user_store_unavailable");
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private static boolean knowsSecret(HttpServletRequest request) throws IOException {
        String secret = AccessSettings.internalSecret();
        String shown = request.getHeader(SECRET_HEADER);
        return !secret.isEmpty()
                && shown != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    static void error(HttpServletResponse response, int status, String error) throws IOException {
        write(response, status, new JSONObject().put("error", error));
    }

    static void write(HttpServletResponse response, int status, JSONObject json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(json.toString());
    }
}
