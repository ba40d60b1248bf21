package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What provisioning clients (Azure, Okta and others) send: applied as they mean it, or refused; never 200 with nothing done. */
@Tag("attack")
class ProvisioningIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String PASSWORD = "Scim-pass-1";

    private static TestKernel kernel;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'Remove','path':'members','value':[{'value':'%s'}]}",
                "{'op':'remove','path':'members','value':{'value':'%s'}}",
                "{'op':'remove','path':'members','value':['%s']}",
                "{'op':'remove','path':'members[value eq \\\"%s\\\"]'}"
            })
    @DisplayName("Removing one member leaves the others")
    void removeOneMember(String operation) throws Exception {
        String leaving = user();
        String staying = user();
        String group = group(leaving, staying);

        assertThat(patch(group, operation.formatted(leaving)).status()).isEqualTo(200);

        assertThat(admin("GET", group, null).json().path("members").findValuesAsText("value"))
                .containsExactly(staying);
    }

    @Test
    @DisplayName("Removing a member who is not in the group changes nothing, a member without an id is 400")
    void removeOtherUsers() throws Exception {
        String member = user();
        String group = group(member);

        assertThat(patch(group, "{'op':'remove','path':'members','value':[{'value':'" + user() + "'}]}")
                        .status())
                .isEqualTo(200);
        for (String wrong : List.of("[{}]", "[{'display':'x'}]", "[null]", "[{'value':''}]")) {
            assertThat(patch(group, "{'op':'remove','path':'members','value':" + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(admin("GET", group, null).json().path("members")).hasSize(1);
    }

    @Test
    @DisplayName("Removing one email address by its value leaves the other")
    void removeOneEmail() throws Exception {
        String id = user();
        patch(users(id), "{'op':'add','path':'emails','value':[{'value':'second" + number + "@example.com'}]}");

        Answer answer = patch(
                users(id), "{'op':'remove','path':'emails','value':[{'value':'second" + number + "@example.com'}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("emails")).hasSize(1);
        assertThat(answer.json().at("/emails/0/value").asText()).startsWith("prov-");
    }

    @Test
    @DisplayName("Replacing emails by entries of unknown keys is 400 and removes nothing")
    void unknownKeys() throws Exception {
        String id = user();

        assertThat(patch(users(id), "{'op':'replace','path':'emails','value':[{'address':'x@example.com'}]}")
                        .status())
                .isEqualTo(400);
        assertThat(admin("GET", users(id), null).json().path("emails")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@x, b@y", "anything"})
    @DisplayName("An email that is not one address is 400 at every door and changes nothing")
    void notOneAddress(String value) throws Exception {
        String name = "prov-mail-" + ++number;
        assertInvalid(admin("POST", "/scim2/Users", TestKernel.user(name, PASSWORD, value)));
        assertInvalid(kernel.signUp(name, PASSWORD, value));

        Answer created = create(name);
        String id = created.json().path("id").asText();
        assertInvalid(patch(users(id), "{'op':'add','path':'emails','value':[{'value':'" + value + "'}]}"));
        assertInvalid(patch(
                users(id),
                "{'op':'replace','path':'emails[value eq \\\"" + name + "@example.com\\\"].value','value':'" + value
                        + "'}"));
        assertInvalid(admin("PUT", users(id), TestKernel.user(name, PASSWORD, value)));
        assertThat(admin("GET", users(id), null).json().at("/emails/0/value").asText())
                .isEqualTo(name + "@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prov%name", "prov/name", "prov\u0007name", "provname\u0007", "prov\nname", "prov name"})
    @DisplayName("A name with %, /, a control character or a space is 400, for users and groups")
    void forbiddenCharacters(String name) throws Exception {
        assertInvalid(admin("POST", "/scim2/Users", TestKernel.user(name, PASSWORD, "prov-name@example.com")));
        assertInvalid(admin("POST", "/scim2/Me", TestKernel.user(name, PASSWORD, "prov-name@example.com")));
        assertInvalid(kernel.signUp(name, PASSWORD, "prov-name@example.com"));
        if (!name.endsWith("\u0007")) {
            assertInvalid(admin(
                    "POST",
                    "/scim2/Groups",
                    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":"
                            + new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(name) + "}"));
        }
    }

    private static void assertInvalid(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("scimType").asText()).isEqualTo("invalidValue");
    }

    @Test
    @DisplayName("An email address of another user is 409 at every door, in other letters and Unicode forms, too")
    void emailInUse() throws Exception {
        String owner = "prov-zo\u00eb-" + ++number;
        assertThat(create(owner).status()).isEqualTo(201);
        String taken = "PROV-ZOE\u0308-" + number + "@example.com";
        String name = "prov-taker-" + number;

        assertConflict(admin("POST", "/scim2/Users", TestKernel.user(name, PASSWORD, taken)));
        assertConflict(admin("POST", "/scim2/Me", TestKernel.user(name, PASSWORD, taken)));
        assertConflict(kernel.signUp(name, PASSWORD, taken));

        String id = create(name).json().path("id").asText();
        assertConflict(admin("PUT", users(id), TestKernel.user(name, PASSWORD, taken)));
        assertConflict(patch(users(id), "{'op':'add','path':'emails','value':[{'value':'" + taken + "'}]}"));
        assertConflict(patch(
                users(id), "{'op':'replace','path':'emails','value':[{'value':'" + taken + "','primary':true}]}"));
        assertConflict(kernel.call(
                "PUT",
                "/scim2/Me",
                TestKernel.basic("approver2"),
                TestKernel.user("approver2", TestKernel.DEMO_PASSWORD, taken)));
        assertThat(admin("GET", users(id), null).json().at("/emails/0/value").asText())
                .isEqualTo(name + "@example.com");
    }

    private static void assertConflict(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.json().path("scimType").asText()).isEqualTo("uniqueness");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','value':{'" + ENTERPRISE + "':{'department':'Books'}}}",
                "{'op':'add','value':{'" + ENTERPRISE + "':{'department':'Books'}}}",
                "{'op':'replace','value':{'" + ENTERPRISE + ":department':'Books'}}",
                "{'op':'add','path':'" + ENTERPRISE + "','value':{'department':'Books'}}",
                "{'op':'replace','path':'" + ENTERPRISE + ":department','value':'Books'}"
            })
    @DisplayName("Attributes of an extension, however they are named")
    void extension(String operation) throws Exception {
        String id = user();

        assertThat(patch(users(id), operation).status()).isEqualTo(200);

        assertThat(admin("GET", users(id), null)
                        .json()
                        .path(ENTERPRISE)
                        .path("department")
                        .asText())
                .isEqualTo("Books");
        assertThat(admin("GET", users(id) + "?attributes=" + ENTERPRISE, null)
                        .json()
                        .path(ENTERPRISE)
                        .path("department")
                        .asText())
                .isEqualTo("Books");
        assertThat(admin("GET", users(id) + "?excludedAttributes=" + ENTERPRISE, null)
                        .json()
                        .has(ENTERPRISE))
                .isFalse();
    }

    @Test
    @DisplayName("Dotted keys without a path are applied")
    void dottedKeys() throws Exception {
        String id = user();

        Answer answer = patch(
                users(id), "{'op':'replace','value':{'name.givenName':'Dotted','displayName':'D','active':'False'}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/name/givenName").asText()).isEqualTo("Dotted");
        assertThat(answer.json().at("/name/familyName").asText()).isEqualTo("Family");
        assertThat(answer.json().path("displayName").asText()).isEqualTo("D");
        assertThat(answer.json().path("active").asBoolean()).isFalse();
        assertThat(patch(users(id), "{'op':'replace','value':{'name.nickname':'x'}}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'name','value':{'shoe':'x'}}",
                "{'op':'replace','value':{'name':{'shoe':'x'}}}",
                "{'op':'replace','value':{'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'shoe':'x'}}}",
                "{'op':'replace','path':'emails','value':[{'type':'work'}]}",
                "{'op':'replace','value':{'emails':[{'type':'work'}]}}"
            })
    @DisplayName("A value without a known part is 400, and changes nothing")
    void valuesWithoutKnownParts(String operation) throws Exception {
        String id = user();
        assertThat(patch(
                                users(id),
                                "{'op':'add','value':{'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'Sales'}}}")
                        .status())
                .isEqualTo(200);
        JsonNode before = admin("GET", users(id), null).json();

        assertThat(patch(users(id), operation).status()).isEqualTo(400);

        assertThat(admin("GET", users(id), null).json()).isEqualTo(before);
    }

    @Test
    @DisplayName("Read-only attributes with the values that they have are no change; other values are 400")
    void readOnlyWithPresentValues() throws Exception {
        String id = user();
        String group = group(id);
        String groupId = group.substring(group.lastIndexOf('/') + 1);
        JsonNode before = admin("GET", group, null).json();

        Answer pushed = patch(
                group,
                "{'op':'replace','value':{'id':'" + groupId + "','displayName':'"
                        + before.path("displayName").asText() + "'}}");

        assertThat(pushed.status()).isEqualTo(200);
        assertThat(patch(group, "{'op':'replace','value':{'id':'another'}}").status())
                .isEqualTo(400);
        String name = admin("GET", users(id), null).json().path("userName").asText();
        Answer named =
                patch(users(id), "{'op':'replace','path':'userName','value':'" + name.toUpperCase(Locale.ROOT) + "'}");
        assertThat(named.status()).isEqualTo(200);
        assertThat(named.json().path("userName").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"x",
                "(userName eq \"x\"",
                "userName eq \"x\")",
                "emails[value eq \"x\"",
                "not (userName eq \"x\"",
                "userName eq x\""
            })
    @DisplayName("Filters with open quotes or brackets are invalidFilter")
    void openFilters(String filter) throws Exception {
        Answer answer = admin("GET", "/scim2/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8), null);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("scimType").asText()).isEqualTo("invalidFilter");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /scim2/Users, text/plain",
        "POST, /scim2/Users, application/xml",
        "POST, /scim2/Users, application/x-www-form-urlencoded",
        "POST, /scim2/Users/.search, text/plain",
        "POST, /scim2/Groups, text/plain",
        "POST, /scim2/Groups/.search, text/plain",
        "PUT, /scim2/Users/ID, text/plain",
        "PATCH, /scim2/Users/ID, text/plain",
        "PUT, /scim2/Groups/ID, text/plain",
        "PATCH, /scim2/Groups/ID, text/plain",
        "PUT, /scim2/Me, text/plain",
        "PATCH, /scim2/Me, text/plain"
    })
    @DisplayName("Bodies of another content type are 415 at every endpoint")
    void contentType(String method, String path, String type) throws Exception {
        String address = path.startsWith("/scim2/Groups/ID") ? group() : path.replace("ID", user());
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(kernel.httpUrl().resolve(address))
                                .header("Authorization", kernel.administrator())
                                .header("Content-Type", type)
                                .method(
                                        method,
                                        HttpRequest.BodyPublishers.ofString(
                                                TestKernel.user("prov-type", PASSWORD, "prov-type@example.com")))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "Internal/x", "a%b", "%2F", "a\\u0000b", "a\\nb", "a\\u202eb", "a b", "a*", ""})
    @DisplayName("Groups cannot have names with control characters, separators or patterns, from the start or later")
    void namesOfGroups(String name) throws Exception {
        String body =
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"" + name + "\"}";
        String group = group();

        assertThat(admin("POST", "/scim2/Groups", body).status()).isEqualTo(400);
        assertThat(admin("PUT", group, body).status()).isEqualTo(400);
        assertThat(patch(group, "{'op':'replace','path':'displayName','value':'" + name + "'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("Names differ by more than their case, and sign in in any case, also when the machine speaks Turkish")
    void namesInAnyCase() throws Exception {
        assertThat(create("prov-ipek").status()).isEqualTo(201);

        assertThat(admin("POST", "/scim2/Users", TestKernel.user("PROV-IPEK", PASSWORD, "prov-other@example.com"))
                        .status())
                .isEqualTo(409);
        assertThat(kernel.signIn("PROV-IPEK", PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.signIn("ADMIN", TestKernel.DEMO_PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.call("GET", "/scim2/Me", TestKernel.basic("ADMIN", TestKernel.DEMO_PASSWORD), null)
                        .status())
                .isEqualTo(200);
    }

    private static String user() throws Exception {
        return create("prov-" + ++number).json().path("id").asText();
    }

    private static Answer create(String name) throws Exception {
        return admin("POST", "/scim2/Users", TestKernel.user(name, PASSWORD, name + "@example.com"));
    }

    private static String users(String id) {
        return "/scim2/Users/" + id;
    }

    private static String group(String... members) throws Exception {
        String group = admin(
                        "POST",
                        "/scim2/Groups",
                        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"prov-group-"
                                + ++number + "\"}")
                .json()
                .path("id")
                .asText();
        for (String member : members) {
            patch("/scim2/Groups/" + group, "{'op':'add','path':'members','value':[{'value':'" + member + "'}]}");
        }
        return "/scim2/Groups/" + group;
    }

    private static Answer patch(String path, String operation) throws Exception {
        return admin(
                "PATCH",
                path,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                        + operation.replace('\'', '"') + "]}");
    }

    private static Answer admin(String method, String path, String body) throws Exception {
        return kernel.call(method, path, kernel.administrator(), body);
    }
}
