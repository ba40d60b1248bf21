package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.books.bookstore.identity.access.AccessGate;
import com.books.bookstore.identity.access.Caller;
import com.books.bookstore.identity.access.UserDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.ApplicationActor;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.charon3.core.extensions.UserManager;
import org.wso2.charon3.core.protocol.SCIMResponse;
import org.wso2.charon3.core.protocol.endpoints.AbstractResourceManager;
import org.wso2.charon3.core.protocol.endpoints.GroupResourceManager;
import org.wso2.charon3.core.protocol.endpoints.MeResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ResourceTypeResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ServiceProviderConfigResourceManager;
import org.wso2.charon3.core.protocol.endpoints.UserResourceManager;
import org.wso2.charon3.core.schema.SCIMConstants;

/** SCIM 2.0 (RFC 7644) under /scim2, as Identity Server has it. Charon does the protocol. */
final class ScimServlet extends HttpServlet {

    static final String ALIAS = "/scim2";

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(ScimServlet.class);
    private static final int LONGEST_BODY = 256 * 1024;
    private static final int LONGEST_PAGE = 200;
    private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final String CREATE_SCOPE = "internal_user_mgt_create";

    private final transient AccessGate gate;
    private final transient UserManager users;
    private final transient SchemaDocuments schemas;

    ScimServlet(AccessGate gate, UserDirectory directory, String baseUrl) {
        this.gate = gate;
        this.users = new CarbonUserManager(directory, baseUrl);
        this.schemas = new SchemaDocuments(baseUrl);
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (String name : new String[] {"Users", "Groups", "Me", "ServiceProviderConfig", "ResourceTypes", "Schemas"}) {
            endpoints.put("/" + name, baseUrl + "/" + name);
        }
        AbstractResourceManager.setEndpointURLMap(endpoints);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] path = (request.getPathInfo() == null ? "" : request.getPathInfo()).split("/", 3);
        String endpoint = path.length > 1 ? path[1] : "";
        String id = path.length > 2 && !path[2].isEmpty() ? path[2] : null;
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super", true);
            switch (endpoint) {
                case "Users":
                    users(request, response, id);
                    break;
                case "Groups":
                    resources(request, response, id, new GroupResourceManager(), "internal_group_mgt_");
                    break;
                case "Me":
                    me(request, response);
                    break;
                case "ServiceProviderConfig":
                    readOnly(request, response, new ServiceProviderConfigResourceManager());
                    break;
                case "ResourceTypes":
                    readOnly(request, response, new ResourceTypeResourceManager());
                    break;
                case "Schemas":
                    schemas(request, response, id);
                    break;
                default:
                    error(response, 404, null, "There is no such endpoint.");
            }
        } catch (AccessDeniedException denied) {
            if (denied.challenge() != null) {
                response.setHeader("WWW-Authenticate", denied.challenge());
            }
            error(response, denied.status(), null, denied.getMessage());
        } catch (BodyTooLargeException tooLarge) {
            error(response, 413, null, "The body is longer than " + LONGEST_BODY + " bytes.");
        } catch (UserStoreException | RuntimeException failed) {
            LOG.error("SCIM request failed", failed);
            error(response, 500, null, "The server failed; its log says why.");
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private void users(HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException, AccessDeniedException, UserStoreException {
        UserResourceManager manager = new UserResourceManager();
        if ("POST".equals(request.getMethod()) && id == null) {
            register(request, response, gate.identify(request), manager);
        } else {
            resources(request, response, id, manager, "internal_user_mgt_");
        }
    }

    private void me(HttpServletRequest request, HttpServletResponse response)
            throws IOException, AccessDeniedException, UserStoreException {
        MeResourceManager manager = new MeResourceManager();
        Caller caller = gate.identify(request);
        if ("POST".equals(request.getMethod())) {
            register(request, response, caller, manager);
            return;
        }
        if (!caller.isUser()) {
            throw AccessDeniedException.forbidden("internal_login");
        }
        perform(request, response, caller.userId(), manager);
    }

    private void resources(HttpServletRequest request, HttpServletResponse response, String id,
                           ResourceManager manager, String scopePrefix)
            throws IOException, AccessDeniedException, UserStoreException {
        require(gate.identify(request), scopePrefix + right(request.getMethod(), id));
        perform(request, response, id, manager);
    }

    private void perform(HttpServletRequest request, HttpServletResponse response, String id, ResourceManager manager)
            throws IOException {
        String attributes = request.getParameter("attributes");
        String excluded = request.getParameter("excludedAttributes");
        String method = request.getMethod();
        if ("GET".equals(method) && id != null) {
            answer(response, manager.get(id, users, attributes, excluded));
        } else if ("GET".equals(method)) {
            list(request, response, manager, attributes, excluded);
        } else if ("POST".equals(method) && ".search".equals(id)) {
            answerList(response, manager.listWithPOST(body(request), users), manager);
        } else if ("POST".equals(method) && id == null) {
            answer(response, manager.create(body(request), users, attributes, excluded));
        } else if ("PUT".equals(method) && id != null) {
            answer(response, manager.updateWithPUT(id, body(request), users, attributes, excluded));
        } else if ("PATCH".equals(method) && id != null) {
            answer(response, manager.updateWithPATCH(id, body(request), users, attributes, excluded));
        } else if ("DELETE".equals(method) && id != null) {
            answer(response, manager.delete(id, users));
        } else {
            error(response, 405, null, "The endpoint does not know this method.");
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response, ResourceManager manager,
                      String attributes, String excluded) throws IOException {
        Integer startIndex;
        Integer count;
        try {
            startIndex = number(request.getParameter("startIndex"));
            count = number(request.getParameter("count"));
        } catch (NumberFormatException notANumber) {
            error(response, 400, "invalidValue", "startIndex and count are numbers.");
            return;
        }
        answerList(response, manager.listWithGET(users, request.getParameter("filter"),
                startIndex, count == null ? Integer.valueOf(LONGEST_PAGE) : Integer.valueOf(Math.min(count, LONGEST_PAGE)),
                request.getParameter("sortBy"), request.getParameter("sortOrder"), null, attributes, excluded), manager);
    }

    /** Creates a user in the flow REGISTER, for which the server's listeners may ask an administrator first. */
    private void register(HttpServletRequest request, HttpServletResponse response, Caller caller,
                          ResourceManager manager) throws IOException, AccessDeniedException {
        require(caller, CREATE_SCOPE);
        String body = body(request);
        IdentityContext context = IdentityContext.getThreadLocalIdentityContext();
        if (caller.isUser()) {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setUsername(caller.userName());
        } else {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setUsername(caller.client());
            context.setActor(new ApplicationActor.Builder().applicationName(caller.client()).build());
        }
        context.enterFlow(new Flow.Builder().name(Flow.Name.REGISTER).initiatingPersona(
                caller.isUser() ? Flow.InitiatingPersona.ADMIN : Flow.InitiatingPersona.APPLICATION).build());
        try {
            answer(response, manager.create(body, users, request.getParameter("attributes"),
                    request.getParameter("excludedAttributes")));
        } finally {
            IdentityContext.destroyCurrentContext();
        }
    }

    private static String right(String method, String id) {
        switch (method) {
            case "GET": return id == null ? "list" : "view";
            case "DELETE": return "delete";
            case "POST": return ".search".equals(id) ? "list" : "create";
            default: return "update";
        }
    }

    /** A client needs the scope; a user must be an administrator besides. */
    private static void require(Caller caller, String scope) throws AccessDeniedException {
        boolean administrator = !caller.isUser() || caller.hasRole("admin") || caller.hasRole("bookstore-admin");
        if (!administrator || !caller.hasScope(scope)) {
            throw AccessDeniedException.forbidden(scope);
        }
    }

    private void readOnly(HttpServletRequest request, HttpServletResponse response, ResourceManager manager)
            throws IOException {
        if (!"GET".equals(request.getMethod())) {
            error(response, 405, null, "This can only be read.");
            return;
        }
        answer(response, manager.get(null, users, null, null));
    }

    private void schemas(HttpServletRequest request, HttpServletResponse response, String id) throws IOException {
        if (!"GET".equals(request.getMethod())) {
            error(response, 405, null, "This can only be read.");
            return;
        }
        String document = id == null ? schemas.all() : schemas.one(id);
        if (document == null) {
            error(response, 404, null, "There is no such schema.");
        } else {
            write(response, 200, document);
        }
    }

    private static Integer number(String value) {
        return value == null || value.isEmpty() ? null : Integer.valueOf(value);
    }

    private static String body(HttpServletRequest request) throws IOException {
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new BodyTooLargeException();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void answer(HttpServletResponse response, SCIMResponse answer) throws IOException {
        if (answer.getHeaderParamMap() != null) {
            answer.getHeaderParamMap().forEach((name, value) -> {
                if (!"Content-Type".equalsIgnoreCase(name)) {
                    response.setHeader(name, value);
                }
            });
        }
        write(response, answer.getResponseStatus(), answer.getResponseMessage());
    }

    /** Adds to each resource what RFC 7643, section 3, requires of it and Charon leaves out of lists: its schemas. */
    private static void answerList(HttpServletResponse response, SCIMResponse answer, ResourceManager manager) throws IOException {
        if (answer.getResponseStatus() == 200 && answer.getResponseMessage() != null) {
            JSONObject list = new JSONObject(answer.getResponseMessage());
            JSONArray resources = list.optJSONArray("Resources");
            for (int i = 0; resources != null && i < resources.length(); i++) {
                if (!resources.getJSONObject(i).has("schemas")) {
                    resources.getJSONObject(i).put("schemas", new JSONArray().put(manager instanceof GroupResourceManager
                            ? SCIMConstants.GROUP_CORE_SCHEMA_URI : SCIMConstants.USER_CORE_SCHEMA_URI));
                }
            }
            write(response, 200, list.toString());
        } else {
            answer(response, answer);
        }
    }

    private static void error(HttpServletResponse response, int status, String type, String detail) throws IOException {
        JSONObject error = new JSONObject().put("schemas", new JSONArray().put(ERROR))
                .put("status", String.valueOf(status)).put("detail", detail);
        if (type != null) {
            error.put("scimType", type);
        }
        write(response, status, error.toString());
    }

    private static void write(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        if (json != null && !json.isEmpty()) {
            response.setContentType("application/scim+json");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(json);
        }
    }

    private static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
