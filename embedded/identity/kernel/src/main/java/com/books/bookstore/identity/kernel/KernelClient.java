package com.books.bookstore.identity.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The few SCIM calls by which a starter readies a kernel. Thread-safe. */
final class KernelClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI base;
    private final String authorization;

    KernelClient(URI base, String adminPassword) {
        this.base = base;
        this.authorization = basic(Secrets.ADMINISTRATOR, adminPassword);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** @return the status, or -1 when there is no answer */
    int status(String path) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(base.resolve(path))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return -1;
        }
    }

    /** Whether the extension has created its roles, which it does once the approval engine is there. */
    boolean hasRole(String role) throws InterruptedException, IOException {
        return groupId(role) != null;
    }

    /** @return null when there is no such group, or no answer yet */
    private String groupId(String role) throws InterruptedException, IOException {
        HttpResponse<String> answer = get(
                "/scim2/Groups?filter=" + URLEncoder.encode("displayName eq \"" + role + "\"", StandardCharsets.UTF_8));
        return answer.statusCode() == 200
                ? JSON.readTree(answer.body()).at("/Resources/0/id").asText(null)
                : null;
    }

    boolean hasMembers(String role) throws InterruptedException, IOException, KernelException {
        HttpResponse<String> answer = get("/scim2/Groups/" + groupId(role));
        if (answer.statusCode() != 200) {
            throw new KernelException("Role " + role + " cannot be read: " + answer.body());
        }
        return !JSON.readTree(answer.body()).path("members").isEmpty();
    }

    void ensureRole(String role) throws InterruptedException, IOException, KernelException {
        ObjectNode group = JSON.createObjectNode().put("displayName", role);
        group.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
        HttpResponse<String> answer = send("POST", "/scim2/Groups", group);
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw new KernelException("Role " + role + " cannot be created: " + answer.body());
        }
    }

    /** A user to be created. */
    record NewUser(String name, String password, String givenName, String familyName, String mail) {}

    /** Creates a demo user, whose other particulars follow from the name, unless the name is taken, and in any case gives that user the role. */
    void ensureUser(String name, String password, String role)
            throws InterruptedException, IOException, KernelException {
        create(new NewUser(
                name,
                password,
                Character.toUpperCase(name.charAt(0)) + name.substring(1),
                "Demo",
                name + "@books.com"));
        addToRole(name, role);
    }

    /**
     * Creates a user, and gives that user the role. An existing user of this name is given the role only if the password is right:
     * then the user was created here before, or belongs to the person who gave the password.
     *
     * @throws KernelException when the name is another's
     */
    void ensureUser(NewUser wanted, String role) throws InterruptedException, IOException, KernelException {
        if (!create(wanted) && !signsIn(wanted)) {
            throw new KernelException("No user has the role " + role + ", and the name " + wanted.name()
                    + ", which its first holder is to have,"
                    + " belongs to a user with another password. Set BOOKSTORE_FIRST_ADMIN to another name or, if that user is you,"
                    + " BOOKSTORE_FIRST_ADMIN_PASSWORD to that user's password");
        }
        addToRole(wanted.name(), role);
    }

    /** @return false when the name is taken */
    private boolean create(NewUser wanted) throws InterruptedException, IOException, KernelException {
        String name = wanted.name();
        ObjectNode user = JSON.createObjectNode().put("userName", name).put("password", wanted.password());
        user.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        user.putObject("name").put("givenName", wanted.givenName()).put("familyName", wanted.familyName());
        user.putArray("emails").addObject().put("value", wanted.mail()).put("primary", true);
        HttpResponse<String> answer = send("POST", "/scim2/Users", user);
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw new KernelException("User " + name + " cannot be created: " + answer.body());
        }
        return answer.statusCode() == 201;
    }

    private boolean signsIn(NewUser user) throws InterruptedException, IOException, KernelException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base.resolve("/scim2/Me"))
                        .timeout(TIMEOUT)
                        .header("Authorization", basic(user.name(), user.password()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 && answer.statusCode() != 401) {
            throw new KernelException("Whether user " + user.name() + " can sign in is not known: " + answer.body());
        }
        return answer.statusCode() == 200;
    }

    private void addToRole(String name, String role) throws InterruptedException, IOException, KernelException {
        JsonNode found = JSON.readTree(
                get("/scim2/Users?filter=" + URLEncoder.encode("userName eq \"" + name + "\"", StandardCharsets.UTF_8))
                        .body());
        String id = found.path("Resources").path(0).path("id").asText();
        ObjectNode patch = JSON.createObjectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        ObjectNode operation =
                patch.putArray("Operations").addObject().put("op", "add").put("path", "members");
        operation.putArray("value").addObject().put("value", id).put("display", name);
        HttpResponse<String> added = send("PATCH", "/scim2/Groups/" + groupId(role), patch);
        if (added.statusCode() >= 300) {
            throw new KernelException("User " + name + " cannot be given the role " + role + ": " + added.body());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/scim+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Authorization", authorization);
    }
}
