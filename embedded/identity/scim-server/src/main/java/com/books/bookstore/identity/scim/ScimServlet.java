package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.AccessDeniedException;
import com.books.bookstore.identity.access.AccessGate;
import com.books.bookstore.identity.access.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.core.context.IdentityContext;
import org.wso2.carbon.identity.core.context.model.ApplicationActor;
import org.wso2.carbon.identity.core.context.model.Flow;
import org.wso2.carbon.identity.core.context.model.UserActor;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.charon3.core.exceptions.AbstractCharonException;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.NotFoundException;
import org.wso2.charon3.core.protocol.SCIMResponse;
import org.wso2.charon3.core.protocol.endpoints.AbstractResourceManager;
import org.wso2.charon3.core.protocol.endpoints.GroupResourceManager;
import org.wso2.charon3.core.protocol.endpoints.MeResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ResourceTypeResourceManager;
import org.wso2.charon3.core.protocol.endpoints.ServiceProviderConfigResourceManager;
import org.wso2.charon3.core.protocol.endpoints.UserResourceManager;

/**
 * SCIM 2.0 (RFC 7644) under /scim2, as Identity Server has it. Charon reads, checks and writes users and groups; what it does otherwise
 * than the RFC wants is done here: lists, PATCH, versions, and the choice of attributes.
 */
final class ScimServlet extends HttpServlet {

    static final String ALIAS = "/scim2";

    private static final long serialVersionUID = 1L;
    private static final Log LOG = LogFactory.getLog(ScimServlet.class);
    private static final int LONGEST_BODY = 256 * 1024;
    private static final String USER_SCOPES = "internal_user_mgt_";
    private static final String CREATE_SCOPE = USER_SCOPES + "create";
    /** Identity Server's scope for what users may do with their own account. */
    private static final String LOGIN_SCOPE = "internal_login";

    private final transient AccessGate gate;
    private final transient CarbonUserManager users;
    private final transient SchemaDocuments schemas;
    private final transient ResourceSchema userSchema = ResourceSchema.user();
    private final transient ResourceSchema groupSchema = ResourceSchema.group();
    /** Held while a resource is read and changed, so that If-Match and PATCH see what they change. */
    private final transient Object changes = new Object();

    ScimServlet(AccessGate gate, CarbonUserManager users, String baseUrl) {
        this.gate = gate;
        this.users = users;
        this.schemas = new SchemaDocuments(baseUrl, userSchema, groupSchema);
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (String name :
                new String[] {"Users", "Groups", "Me", "ServiceProviderConfig", "ResourceTypes", "Schemas"}) {
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
                    require(gate.identify(request), "internal_group_mgt_" + right(request.getMethod(), id));
                    perform(request, response, id, new GroupResourceManager(), groupSchema, ChangeRule.ANYTHING);
                    break;
                case "Me":
                    me(request, response, id);
                    break;
                case "ServiceProviderConfig":
                    readOnly(request);
                    answer(response, new ServiceProviderConfigResourceManager().get(null, users, null, null));
                    break;
                case "ResourceTypes":
                    readOnly(request);
                    write(response, 200, schemas.resourceTypes(read(new ResourceTypeResourceManager(), null), id));
                    break;
                case "Schemas":
                    readOnly(request);
                    write(response, 200, schemas.of(id));
                    break;
                case "Bulk":
                case ".search":
                    throw new ScimError(501, null, "This server has no " + endpoint + "; see ServiceProviderConfig.");
                default:
                    throw new ScimError(404, null, "There is no such endpoint.");
            }
        } catch (AccessDeniedException denied) {
            denied.describe(response);
            error(response, denied.status(), null, denied.getMessage());
        } catch (ScimError refused) {
            error(response, refused.status(), refused.type(), refused.getMessage());
        } catch (UserStoreException | SQLException | RuntimeException failed) {
            LOG.error("SCIM request failed", failed);
            error(response, 500, null, "The server failed; see its log.");
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    private void users(HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException, AccessDeniedException, UserStoreException, SQLException, ScimError {
        Caller caller = gate.identify(request);
        if ("POST".equals(request.getMethod()) && id == null) {
            register(request, response, caller, new UserResourceManager());
        } else {
            require(caller, USER_SCOPES + right(request.getMethod(), id));
            perform(request, response, id, new UserResourceManager(), userSchema, ChangeRule.ANYTHING);
        }
    }

    private void me(HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException, AccessDeniedException, UserStoreException, SQLException, ScimError {
        if (id != null) {
            throw new ScimError(404, null, "There is nothing below /Me.");
        }
        Caller caller = gate.identify(request);
        if ("POST".equals(request.getMethod())) {
            register(request, response, caller, new MeResourceManager());
            return;
        }
        if (!caller.isUser()
                || (!caller.hasScope(LOGIN_SCOPE)
                        && !caller.hasScope(USER_SCOPES + right(request.getMethod(), caller.userId())))) {
            throw AccessDeniedException.forbidden(LOGIN_SCOPE);
        }
        if ("DELETE".equals(request.getMethod()) && !caller.hasShownPassword()) {
            throw AccessDeniedException.passwordNeeded();
        }
        perform(
                request,
                response,
                caller.userId(),
                new UserResourceManager(),
                userSchema,
                new OwnAccount(caller, isAdministrator(caller)));
    }

    /** @param rule what the caller may change */
    private void perform(
            HttpServletRequest request,
            HttpServletResponse response,
            String id,
            ResourceManager manager,
            ResourceSchema schema,
            ChangeRule rule)
            throws IOException, AccessDeniedException, UserStoreException, SQLException, ScimError {
        String method = request.getMethod();
        if ("GET".equals(method) && id != null) {
            ObjectNode resource = resource(manager, schema, id);
            String known = request.getHeader("If-None-Match");
            if (known != null && ResourceView.matches(known, resource)) {
                response.setHeader("ETag", resource.at("/meta/version").asText());
                response.setStatus(304);
            } else {
                answer(request, response, 200, resource, schema);
            }
        } else if ("GET".equals(method)) {
            write(response, 200, list(ResourceQuery.of(request, schema), manager, schema));
        } else if ("POST".equals(method) && ".search".equals(id)) {
            write(response, 200, list(ResourceQuery.of(body(request), schema), manager, schema));
        } else if ("POST".equals(method) && id == null) {
            create(request, response, body(request), manager, schema);
        } else if ("PUT".equals(method) && id != null) {
            ObjectNode wanted = whole(body(request), schema);
            synchronized (changes) {
                ObjectNode before = resource(manager, schema, id);
                ifMatch(request, before);
                rule.check(before, wanted);
                users.checkValues(wanted);
                answer(
                        request,
                        response,
                        200,
                        complete(manager.updateWithPUT(id, wanted.toString(), users, null, null), schema),
                        schema);
            }
        } else if ("PATCH".equals(method) && id != null) {
            ResourcePatch patch = ResourcePatch.of(body(request), schema);
            synchronized (changes) {
                ObjectNode before = resource(manager, schema, id);
                ifMatch(request, before);
                ObjectNode after = patch.applyTo(before);
                rule.check(before, after);
                users.checkValues(after);
                answer(request, response, 200, patch(id, before, after, manager, schema), schema);
            }
        } else if ("DELETE".equals(method) && id != null) {
            synchronized (changes) {
                ifMatch(request, resource(manager, schema, id));
                SCIMResponse deleted = manager.delete(id, users);
                if (deleted.getResponseStatus() >= 400) {
                    throw Messages.refusal(deleted);
                }
                response.setStatus(deleted.getResponseStatus());
            }
        } else {
            throw new ScimError(405, null, "The endpoint does not support this method.");
        }
    }

    private ObjectNode patch(
            String id, ObjectNode before, ObjectNode after, ResourceManager manager, ResourceSchema schema)
            throws UserStoreException, SQLException, ScimError {
        if (after.equals(schema.normalize(before))) {
            return before;
        }
        if (schema == userSchema) {
            return complete(manager.updateWithPUT(id, after.toString(), users, null, null), schema);
        }
        try {
            users.changeGroup(
                    id,
                    CarbonUserManager.groupName(after.path("displayName").asText()),
                    after.has("externalId") ? after.path("externalId").asText() : null,
                    members(before),
                    members(after));
        } catch (BadRequestException | NotFoundException refused) {
            throw Messages.refusal(AbstractResourceManager.encodeSCIMException((AbstractCharonException) refused));
        }
        return resource(manager, schema, id);
    }

    private static Set<String> members(ObjectNode group) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode member : group.path("members")) {
            ids.add(member.path("value").asText());
        }
        return ids;
    }

    private ObjectNode list(ResourceQuery query, ResourceManager manager, ResourceSchema schema)
            throws UserStoreException, SQLException, ScimError {
        List<String> ids = schema == userSchema ? userIds(query) : users.groupIds();
        if (!query.needsAll()) {
            return query.list(resources(query.page(ids), manager, schema), ids.size());
        }
        List<ObjectNode> found = query.select(resources(ids, manager, schema));
        return query.list(query.page(found), found.size());
    }

    /** Ids of all users among whom those of the list are. */
    private List<String> userIds(ResourceQuery query) throws UserStoreException {
        String name = query.onlyValueOf("userName");
        return name == null ? users.userIds() : users.userIds(name);
    }

    private List<ObjectNode> resources(List<String> ids, ResourceManager manager, ResourceSchema schema)
            throws ScimError {
        List<ObjectNode> resources = new ArrayList<>();
        for (String id : ids) {
            try {
                resources.add(resource(manager, schema, id));
            } catch (ScimError gone) {
                if (gone.status() != 404) {
                    throw gone;
                }
                // Deleted since the ids were read.
            }
        }
        return resources;
    }

    private ObjectNode resource(ResourceManager manager, ResourceSchema schema, String id) throws ScimError {
        return ResourceView.complete(read(manager, id), schema);
    }

    private ObjectNode read(ResourceManager manager, String id) throws ScimError {
        return accepted(manager.get(id, users, null, null));
    }

    private static ObjectNode complete(SCIMResponse answer, ResourceSchema schema) throws ScimError {
        return ResourceView.complete(accepted(answer), schema);
    }

    private static ObjectNode accepted(SCIMResponse answer) throws ScimError {
        if (answer.getResponseStatus() >= 300) {
            throw Messages.refusal(answer);
        }
        return Messages.read(answer.getResponseMessage());
    }

    private static void ifMatch(HttpServletRequest request, ObjectNode resource) throws ScimError {
        String version = request.getHeader("If-Match");
        if (version != null && !ResourceView.matches(version, resource)) {
            throw new ScimError(
                    412,
                    null,
                    "The resource has changed; it is "
                            + resource.at("/meta/version").asText() + " now.");
        }
    }

    /** A whole resource as a client sends it, ready for Charon. */
    private static ObjectNode whole(ObjectNode body, ResourceSchema schema) throws ScimError {
        if (!Messages.hasSchema(body, schema.urn())) {
            throw ScimError.badRequest("invalidSyntax", "The schemas do not name " + schema.urn() + ".");
        }
        ObjectNode whole = schema.normalize(body);
        if (whole.has(ResourceSchema.ENTERPRISE) && !Messages.hasSchema(body, ResourceSchema.ENTERPRISE)) {
            throw ScimError.badRequest("invalidSyntax", "The schemas do not name " + ResourceSchema.ENTERPRISE + ".");
        }
        return whole;
    }

    private void create(
            HttpServletRequest request,
            HttpServletResponse response,
            ObjectNode body,
            ResourceManager manager,
            ResourceSchema schema)
            throws IOException, UserStoreException, ScimError {
        ObjectNode wanted = whole(body, schema);
        users.checkValues(wanted);
        SCIMResponse answer = manager.create(wanted.toString(), users, null, null);
        ObjectNode created = answer.getResponseStatus() == 201 ? complete(answer, schema) : null;
        if (created != null && created.has("id")) {
            answer(request, response, 201, created, schema);
        } else if (answer.getResponseStatus() >= 400) {
            throw Messages.refusal(answer);
        } else {
            // The request waits: Charon's 202 without a body, or on /Me its 201 without an id.
            answer(response, answer);
        }
    }

    /** Creates a user in the flow REGISTER, for which the server's listeners may ask an administrator first. */
    private void register(
            HttpServletRequest request, HttpServletResponse response, Caller caller, ResourceManager manager)
            throws IOException, AccessDeniedException, UserStoreException, ScimError {
        require(caller, CREATE_SCOPE);
        ObjectNode body = body(request);
        if (!caller.isUser() && body.path("password").asText().isEmpty()) {
            throw ScimError.badRequest("invalidValue", "A password is needed.");
        }
        IdentityContext context = IdentityContext.getThreadLocalIdentityContext();
        if (caller.isUser()) {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setUsername(caller.userName());
            context.setActor(new UserActor.Builder()
                    .userId(caller.userId())
                    .username(caller.userName())
                    .build());
        } else {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setUsername(caller.client());
            context.setActor(new ApplicationActor.Builder()
                    .applicationName(caller.client())
                    .build());
        }
        context.enterFlow(new Flow.Builder()
                .name(Flow.Name.REGISTER)
                .initiatingPersona(caller.isUser() ? Flow.InitiatingPersona.ADMIN : Flow.InitiatingPersona.APPLICATION)
                .build());
        try {
            create(request, response, body, manager, userSchema);
        } finally {
            IdentityContext.destroyCurrentContext();
        }
    }

    private static String right(String method, String id) {
        switch (method) {
            case "GET":
                return id == null ? "list" : "view";
            case "DELETE":
                return "delete";
            case "POST":
                return ".search".equals(id) ? "list" : "create";
            default:
                return "update";
        }
    }

    /** A client needs the scope; a user must be an administrator besides. */
    private static void require(Caller caller, String scope) throws AccessDeniedException {
        boolean allowed = !caller.isUser() || isAdministrator(caller);
        if (!allowed || !caller.hasScope(scope)) {
            throw AccessDeniedException.forbidden(scope);
        }
    }

    private static boolean isAdministrator(Caller caller) {
        return caller.hasRole("admin") || caller.hasRole("bookstore-admin");
    }

    private static void readOnly(HttpServletRequest request) throws ScimError {
        if (!"GET".equals(request.getMethod())) {
            throw new ScimError(405, null, "This resource is read-only.");
        }
        if (request.getParameter("filter") != null) {
            // RFC 7644, section 4: a client must not believe that the answer was filtered.
            throw new ScimError(403, null, "This cannot be filtered.");
        }
    }

    private static ObjectNode body(HttpServletRequest request) throws IOException, ScimError {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/scim+json") && !type.startsWith("application/json")) {
            throw new ScimError(415, null, "The body has to be application/scim+json.");
        }
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw new ScimError(413, null, "The body is longer than " + LONGEST_BODY + " bytes.");
            }
            return Messages.read(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            ObjectNode resource,
            ResourceSchema schema)
            throws IOException {
        response.setHeader("ETag", resource.at("/meta/version").asText());
        response.setHeader("Location", resource.at("/meta/location").asText());
        write(
                response,
                status,
                ResourceView.of(schema, request.getParameter("attributes"), request.getParameter("excludedAttributes"))
                        .of(resource)
                        .toString());
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

    private static void error(HttpServletResponse response, int status, String type, String detail) throws IOException {
        write(response, status, Messages.error(status, type, detail));
    }

    private static void write(HttpServletResponse response, int status, ObjectNode json) throws IOException {
        write(response, status, json.toString());
    }

    private static void write(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        if (json != null && !json.isEmpty()) {
            response.setContentType("application/scim+json");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(json);
        }
    }
}
