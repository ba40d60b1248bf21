package com.books.bookstore.identity.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Identity Server 7.2's REST APIs that is needed to configure it, by their published definitions: paths, methods,
 * required and known properties of what is sent, forms and status of answers. What the definitions do not know is refused.
 */
final class StubIdentityServer implements AutoCloseable {

    static final String USER = "admin";
    static final String PASSWORD = "canary-Admin-1";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> APPLICATION = Set.of(
            "name",
            "description",
            "accessUrl",
            "logoutReturnUrl",
            "associatedRoles",
            "claimConfiguration",
            "advancedConfigurations",
            "inboundProtocolConfiguration",
            "isManagementApp");
    private static final Set<String> OIDC = Set.of(
            "clientId",
            "clientSecret",
            "grantTypes",
            "callbackURLs",
            "allowedOrigins",
            "publicClient",
            "pkce",
            "accessToken",
            "refreshToken",
            "idToken",
            "validateRequestObjectSignature");

    private final HttpServer server;
    private final Map<String, ObjectNode> apis = new LinkedHashMap<>();
    private final Map<String, ObjectNode> roles = new LinkedHashMap<>();
    private final Map<String, ObjectNode> applications = new LinkedHashMap<>();
    private final Map<String, ObjectNode> protocols = new LinkedHashMap<>();
    private final Map<String, Map<String, ObjectNode>> authorizations = new LinkedHashMap<>();
    /** By default rules, as the server has them, and no regular expression. */
    private ObjectNode passwordRules;

    /** Method and path of every request that changed something. */
    final List<String> changes = new CopyOnWriteArrayList<>();

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    StubIdentityServer() throws IOException {
        api("/scim2/Users", "internal_user_mgt_create", "internal_user_mgt_list", "internal_user_mgt_delete");
        api(
                "/api/server/v1/workflow-instances",
                "internal_workflow_instance_view",
                "internal_workflow_instance_delete");
        api("/api/users/v2/me/approval-tasks", "internal_approval_task_view", "internal_approval_task_update")
                .put("requiresAuthorization", false);
        resetPasswordRules();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private ObjectNode api(String identifier, String... scopes) {
        ObjectNode api = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("name", identifier)
                .put("identifier", identifier)
                .put("requiresAuthorization", true)
                .put("type", "TENANT");
        ArrayNode list = api.putArray("scopes");
        for (String scope : scopes) {
            list.addObject().put("id", UUID.randomUUID().toString()).put("name", scope);
        }
        apis.put(api.get("id").stringValue(), api);
        return api;
    }

    /** The scopes of an API, by name. */
    List<String> scopes(String identifier) {
        return apis.values().stream()
                .filter(api -> identifier.equals(api.get("identifier").stringValue()))
                .flatMap(api -> names(api.get("scopes"), "name").stream())
                .toList();
    }

    /** The regular expression of passwords, or a missing node. */
    JsonNode passwordPattern() {
        return passwordRules.at("/regEx/0/properties/0/value");
    }

    /** Back to the rules of the server. */
    void resetPasswordRules() {
        passwordRules = JSON.createObjectNode().put("field", "password");
        passwordRules
                .putArray("rules")
                .addObject()
                .put("validator", "LengthValidator")
                .putArray("properties")
                .addObject()
                .put("key", "min.length")
                .put("value", "8");
    }

    /** The permissions of a role, by its name. */
    List<String> permissions(String role) {
        return names(named(roles, "displayName", role).get("permissions"), "value");
    }

    void addPermission(String role, String permission) {
        ((ArrayNode) named(roles, "displayName", role).get("permissions"))
                .addObject()
                .put("value", permission);
    }

    ObjectNode application(String name) {
        return named(applications, "name", name);
    }

    ObjectNode protocol(String application) {
        return protocols.get(application(application).get("id").stringValue());
    }

    /** What an application may use: scopes by API. */
    Map<String, List<String>> authorized(String application) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        authorizations
                .get(application(application).get("id").stringValue())
                .forEach((api, authorization) -> found.put(
                        apis.get(api).get("identifier").stringValue(),
                        names(authorization.get("authorizedScopes"), "name")));
        return found;
    }

    private static ObjectNode named(Map<String, ObjectNode> all, String key, String name) {
        return all.values().stream()
                .filter(one -> name.equals(one.get(key).stringValue()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode list, String key) {
        List<String> names = new ArrayList<>();
        list.forEach(item -> names.add(item.get(key).stringValue()));
        return names;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        int status = 200;
        String body;
        try {
            String expected = "Basic "
                    + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                throw new Refused(401, "Unauthorized");
            }
            JsonNode result = handle(method, path.split("/"), exchange, sent.length == 0 ? null : JSON.readTree(sent));
            status = "GET".equals(method) || result != null && !"POST".equals(method)
                    ? 200
                    : "POST".equals(method) ? 201 : 204;
            if (!"GET".equals(method)) {
                changes.add(method + " " + path);
            }
            body = result == null ? "" : result.toString();
        } catch (Refused refused) {
            status = refused.status;
            body = JSON.createObjectNode()
                    .put("code", "STUB-" + status)
                    .put("message", refused.getMessage())
                    .toString();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonNode handle(String method, String[] path, HttpExchange exchange, JsonNode body) {
        String collection = path.length > 4 && "api".equals(path[1]) ? path[4] : path.length > 3 ? path[3] : "";
        String id = path.length > 5 && "api".equals(path[1])
                ? path[5]
                : path.length > 4 && "scim2".equals(path[1]) ? path[4] : null;
        switch (collection) {
            case "api-resources":
                return apiResources(method, id, exchange, body);
            case "Roles":
                return roles(method, id, exchange, body);
            case "validation-rules":
                return passwordRules(method, id, body);
            case "applications":
                return path.length > 6
                        ? partOfApplication(method, path, body)
                        : applications(method, id, exchange, body);
            default:
                throw new Refused(404, "There is no " + String.join("/", path));
        }
    }

    private JsonNode passwordRules(String method, String field, JsonNode body) {
        if (!"password".equals(field)) {
            throw new Refused(404, "There is no field " + field);
        }
        if ("PUT".equals(method)) {
            known(body, Set.of("rules", "regEx"));
            body.path("regEx")
                    .forEach(rule -> known(rule, Set.of("validator", "properties"), "validator", "properties"));
            passwordRules = ((ObjectNode) body.deepCopy()).put("field", field);
        }
        return passwordRules;
    }

    private JsonNode apiResources(String method, String id, HttpExchange exchange, JsonNode body) {
        switch (method + (id == null ? "" : " one")) {
            case "GET":
                return list("apiResources", filtered(apis, exchange));
            case "POST":
                known(
                        body,
                        Set.of("name", "identifier", "description", "requiresAuthorization", "scopes"),
                        "name",
                        "identifier");
                ObjectNode api = api(body.get("identifier").stringValue());
                body.get("scopes").forEach(scope -> ((ArrayNode) api.get("scopes")).add(scope));
                return api;
            case "GET one":
                return one(apis, id);
            case "PATCH one":
                known(body, Set.of("name", "description", "addedScopes"));
                body.path("addedScopes")
                        .forEach(scope -> ((ArrayNode) one(apis, id).get("scopes")).add(scope));
                return null;
            default:
                throw new Refused(405, method);
        }
    }

    private JsonNode roles(String method, String id, HttpExchange exchange, JsonNode body) {
        switch (method + (id == null ? "" : " one")) {
            case "GET":
                return list("Resources", filtered(roles, exchange));
            case "POST":
                known(
                        body,
                        Set.of("schemas", "displayName", "audience", "users", "groups", "permissions"),
                        "schemas",
                        "displayName");
                ObjectNode role = ((ObjectNode) body.deepCopy())
                        .put("id", UUID.randomUUID().toString());
                role.putObject("audience").put("type", "organization").put("display", "Super");
                existing(names(role.get("permissions"), "value"));
                roles.put(role.get("id").stringValue(), role);
                return role;
            case "GET one":
                return one(roles, id);
            case "PATCH one":
                known(body, Set.of("schemas", "Operations"), "schemas", "Operations");
                JsonNode operation = body.get("Operations").get(0);
                if (!"replace".equals(operation.get("op").stringValue())
                        || !"permissions".equals(operation.get("path").stringValue())) {
                    throw new Refused(400, "Operation not expected here");
                }
                one(roles, id).set("permissions", operation.get("value"));
                return one(roles, id);
            default:
                throw new Refused(405, method);
        }
    }

    private void existing(List<String> permissions) {
        for (String permission : permissions) {
            if (apis.values().stream()
                    .noneMatch(api -> names(api.get("scopes"), "name").contains(permission))) {
                throw new Refused(400, "Invalid permission " + permission);
            }
        }
    }

    private JsonNode applications(String method, String id, HttpExchange exchange, JsonNode body) {
        switch (method + (id == null ? "" : " one")) {
            case "GET":
                return list("applications", filtered(applications, exchange));
            case "POST":
                known(body, APPLICATION, "name");
                String made = UUID.randomUUID().toString();
                ObjectNode application = ((ObjectNode) body.deepCopy()).put("id", made);
                ObjectNode protocol = (ObjectNode)
                        application.remove("inboundProtocolConfiguration").get("oidc");
                known(protocol, OIDC, "grantTypes");
                if (!protocol.path("publicClient").asBoolean(false) && !protocol.has("clientSecret")) {
                    protocol.put("clientSecret", "canary-made-by-the-server");
                }
                // What the server adds by itself must not look like a difference later.
                ((ObjectNode) application.get("associatedRoles")).putArray("roles");
                protocol.put("state", "ACTIVE").put("validateRequestObjectSignature", false);
                ((ObjectNode) protocol.get("accessToken")).put("bindingType", "None");
                applications.put(made, application);
                protocols.put(made, protocol);
                authorizations.put(made, new LinkedHashMap<>());
                return null;
            case "GET one":
                return one(applications, id);
            case "PATCH one":
                known(body, APPLICATION);
                body.properties().forEach(part -> one(applications, id).set(part.getKey(), part.getValue()));
                return null;
            default:
                throw new Refused(405, method);
        }
    }

    private JsonNode partOfApplication(String method, String[] path, JsonNode body) {
        String id = one(applications, path[5]).get("id").stringValue();
        if ("inbound-protocols".equals(path[6]) && "GET".equals(method)) {
            return protocols.get(id);
        }
        if ("inbound-protocols".equals(path[6]) && "PUT".equals(method)) {
            known(body, OIDC, "grantTypes");
            protocols.put(id, (ObjectNode) body);
            return null;
        }
        Map<String, ObjectNode> authorized = authorizations.get(id);
        if ("GET".equals(method)) {
            ArrayNode list = JSON.createArrayNode();
            authorized.values().forEach(list::add);
            return list;
        }
        if ("POST".equals(method)) {
            known(body, Set.of("id", "policyIdentifier", "scopes"), "id");
            ObjectNode api = one(apis, body.get("id").stringValue());
            if (api.get("requiresAuthorization").asBoolean()
                    && !"RBAC".equals(body.get("policyIdentifier").stringValue())) {
                throw new Refused(400, "The API needs the policy RBAC");
            }
            ObjectNode authorization = JSON.createObjectNode()
                    .put("id", body.get("id").stringValue())
                    .put("identifier", api.get("identifier").stringValue());
            authorization.putArray("authorizedScopes");
            authorized.put(body.get("id").stringValue(), authorization);
            grant(authorization, body.get("scopes"), api);
            return null;
        }
        known(body, Set.of("addedScopes", "removedScopes"));
        ObjectNode authorization = one(authorized, path[7]);
        List<String> removed = new ArrayList<>();
        body.path("removedScopes").forEach(scope -> removed.add(scope.stringValue()));
        ArrayNode kept = JSON.createArrayNode();
        authorization.get("authorizedScopes").forEach(scope -> {
            if (!removed.contains(scope.get("name").stringValue())) {
                kept.add(scope);
            }
        });
        authorization.set("authorizedScopes", kept);
        grant(authorization, body.get("addedScopes"), one(apis, path[7]));
        return null;
    }

    private static void grant(ObjectNode authorization, JsonNode scopes, ObjectNode api) {
        scopes.forEach(scope -> {
            if (!names(api.get("scopes"), "name").contains(scope.stringValue())) {
                throw new Refused(400, "The API has no scope " + scope);
            }
            ((ArrayNode) authorization.get("authorizedScopes")).addObject().put("name", scope.stringValue());
        });
    }

    private static ObjectNode one(Map<String, ObjectNode> all, String id) {
        if (!all.containsKey(id)) {
            throw new Refused(404, "There is no " + id);
        }
        return all.get(id);
    }

    private static void known(JsonNode body, Set<String> properties, String... required) {
        body.propertyNames().forEach(name -> {
            if (!properties.contains(name)) {
                throw new Refused(400, "The definition knows no property " + name);
            }
        });
        for (String name : required) {
            if (!body.has(name)) {
                throw new Refused(400, "The definition requires " + name);
            }
        }
    }

    private static List<ObjectNode> filtered(Map<String, ObjectNode> all, HttpExchange exchange) {
        String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        String[] filter =
                query.substring(query.indexOf("filter=") + "filter=".length()).split(" eq ");
        return all.values().stream()
                .filter(one -> filter[1].equals(one.path(filter[0]).asString("")))
                .toList();
    }

    private static ObjectNode list(String name, List<ObjectNode> found) {
        ObjectNode list = JSON.createObjectNode().put("totalResults", found.size());
        // The server leaves the list out when nothing is found.
        if (!found.isEmpty()) {
            list.putArray(name).addAll(found);
        }
        return list;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
