package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SCIM endpoint against RFC 7643 (schema) and RFC 7644 (protocol); every test names its section. */
class ScimIT {

    private static final String USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final String ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String PASSWORD = "Scim-pass-1";

    private static TestKernel kernel;
    private static String wrongPatches;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    @Test
    @DisplayName(
            "RFC 7643 5, RFC 7644 4: ServiceProviderConfig can be read without credentials and says what is supported")
    void serviceProviderConfig() throws Exception {
        Answer answer = kernel.call("GET", "/scim2/ServiceProviderConfig", null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
        assertThat(answer.json().at("/patch/supported").asBoolean()).isTrue();
        assertThat(answer.json().at("/filter/supported").asBoolean()).isTrue();
        assertThat(answer.json().at("/filter/maxResults").asInt()).isPositive();
        assertThat(answer.json().at("/bulk/supported").asBoolean()).isFalse();
        assertThat(answer.json().at("/etag/supported").asBoolean()).isTrue();
        assertThat(answer.json().at("/sort/supported").asBoolean()).isTrue();
        assertThat(answer.json().at("/changePassword/supported").asBoolean()).isTrue();
        assertThat(answer.json().path("authenticationSchemes")).hasSize(2);
    }

    @Test
    @DisplayName("RFC 7643 6: ResourceTypes lists User and Group with their endpoints")
    void resourceTypes() throws Exception {
        Answer answer = kernel.call("GET", "/scim2/ResourceTypes", null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().findValuesAsText("id")).contains("User", "Group");
        assertThat(answer.json().findValuesAsText("endpoint")).contains("/Users", "/Groups");
    }

    @Test
    @DisplayName(
            "RFC 7643 7, 8.7: Schemas holds the schemas of User and Group with the characteristics of each attribute")
    void schemas() throws Exception {
        JsonNode all = kernel.call("GET", "/scim2/Schemas", null, null).json();
        assertThat(all.path("totalResults").asInt()).isEqualTo(6);

        JsonNode user =
                kernel.call("GET", "/scim2/Schemas/" + USER_SCHEMA, null, null).json();
        JsonNode userName = named(user.path("attributes"), "userName");
        assertThat(userName.path("required").asBoolean()).isTrue();
        assertThat(userName.path("uniqueness").asText()).isEqualTo("server");
        assertThat(named(user.path("attributes"), "password").path("returned").asText())
                .isEqualTo("never");
        assertThat(kernel.call("GET", "/scim2/Schemas/urn:none", null, null).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("RFC 7644 2: without credentials 401 with a challenge, without the right 403")
    void authentication() throws Exception {
        Answer anonymous = kernel.call("GET", "/scim2/Users", null, null);
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.header("WWW-Authenticate")).contains("Bearer").contains("Basic");
        assertThat(anonymous.json().at("/schemas/0").asText()).isEqualTo(ERROR_SCHEMA);

        assertThat(kernel.call("GET", "/scim2/Users", TestKernel.basic("customer"), null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("GET", "/scim2/Users", TestKernel.basic("admin", "wrong"), null)
                        .status())
                .isEqualTo(401);
        assertThat(kernel.call("GET", "/scim2/Users", "Bearer " + kernel.signUpToken(), null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("GET", "/scim2/Users", "Bearer not.a.token", null)
                        .status())
                .isEqualTo(401);
        String[] token = kernel.signUpToken().split("\\.");
        assertThat(kernel.call("GET", "/scim2/Users", "Bearer " + token[0] + "." + token[1] + ".", null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 7644 3.3, RFC 7643 3.1: creation answers 201, Location and the whole resource but no password")
    void create() throws Exception {
        Answer answer = create("scim-create");

        JsonNode user = answer.json();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo(user.at("/meta/location").asText())
                .endsWith("/scim2/Users/" + user.path("id").asText());
        assertThat(user.at("/meta/resourceType").asText()).isEqualTo("User");
        assertThat(user.at("/meta/created").asText()).isNotEmpty();
        assertThat(user.at("/emails/0/value").asText()).isEqualTo("scim-create@example.com");
        assertThat(user.path("schemas")).extracting(JsonNode::asText).contains(USER_SCHEMA);
        assertThat(user.has("password")).isFalse();
    }

    @Test
    @DisplayName("RFC 7644 3.3, 3.12: a second user of the name is refused with 409 and an error document")
    void duplicate() throws Exception {
        create("scim-twice");

        Answer answer = create("scim-twice");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().at("/schemas/0").asText()).isEqualTo(ERROR_SCHEMA);
        assertThat(answer.json().path("status").asText()).isEqualTo("409");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"schemas\":[\"" + USER_SCHEMA + "\"]}", "{\"userName\":\"noschema\"}"})
    @DisplayName("RFC 7644 3.12: what is no user is refused with 400 and nothing of the server's insides")
    void malformed(String body) throws Exception {
        Answer answer = admin("POST", "/scim2/Users", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/schemas/0").asText()).isEqualTo(ERROR_SCHEMA);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("RFC 7643 2.2: readOnly attributes of the client are ignored")
    void readOnly() throws Exception {
        Answer answer = admin(
                "POST",
                "/scim2/Users",
                TestKernel.user("scim-readonly", PASSWORD, "ro@example.com")
                        .replaceFirst("\\{", "{\"id\":\"chosen\",\"meta\":{\"resourceType\":\"X\"},"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("id").asText()).isNotEqualTo("chosen");
    }

    @Test
    @DisplayName("RFC 7644 3.4.1: a user is read by id; an unknown id is 404")
    void read() throws Exception {
        String id = create("scim-read").json().path("id").asText();

        assertThat(admin("GET", "/scim2/Users/" + id, null)
                        .json()
                        .path("userName")
                        .asText())
                .isEqualTo("scim-read");
        Answer missing = admin("GET", "/scim2/Users/no-such-id", null);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/schemas/0").asText()).isEqualTo(ERROR_SCHEMA);
    }

    @Test
    @DisplayName("RFC 7644 3.4.2, 3.4.2.4: lists have a total and pages; startIndex counts from one")
    void pages() throws Exception {
        for (int i = 1; i <= 3; i++) {
            create("scim-page-" + i);
        }
        String filter = "/scim2/Users?filter=" + encode("userName sw \"scim-page-\"");

        JsonNode first = admin("GET", filter + "&count=2", null).json();
        JsonNode second = admin("GET", filter + "&startIndex=3&count=2", null).json();
        JsonNode none = admin("GET", filter + "&count=0", null).json();

        assertThat(first.at("/schemas/0").asText()).isEqualTo(LIST_SCHEMA);
        assertThat(first.at("/Resources/1/schemas/0").asText()).isEqualTo("urn:ietf:params:scim:schemas:core:2.0:User");
        assertThat(admin("GET", "/scim2/Groups", null)
                        .json()
                        .at("/Resources/0/schemas/0")
                        .asText())
                .isEqualTo(GROUP_SCHEMA);
        assertThat(first.path("totalResults").asInt()).isEqualTo(3);
        assertThat(first.path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(names(first)).containsExactly("scim-page-1", "scim-page-2");
        assertThat(second.path("startIndex").asInt()).isEqualTo(3);
        assertThat(names(second)).containsExactly("scim-page-3");
        assertThat(none.path("totalResults").asInt()).isEqualTo(3);
        assertThat(names(none)).isEmpty();
        assertThat(admin("GET", "/scim2/Users?count=many", null).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"SCIM-filter\"",
                "userName co \"im-filt\"",
                "userName sw \"scim-f\"",
                "userName ew \"-filter\"",
                "emails.value eq \"scim-filter@example.com\"",
                "name.givenName eq \"Given\"",
                "userName eq \"scim-filter\" and active eq true",
                "USERNAME EQ \"scim-filter\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"scim-filter\"",
                "emails[value ew \"@example.com\" and primary eq true]",
                "not (userName ne \"scim-filter\")",
                "emails co \"scim-filter@\"",
                "displayName pr or name.familyName pr",
                "meta.created gt \"2020-01-01T00:00:00Z\" and meta.lastModified ge \"2020-01-01T00:00:00Z\"",
                "userName lt \"scim-filtes\" and userName le \"scim-filter\" and userName gt \"scim-filteq\"",
                "userName eq \"nobody\" or userName eq \"scim-filter\""
            })
    @DisplayName("RFC 7644 3.4.2.2: filter operators")
    void filters(String filter) throws Exception {
        create("scim-filter");

        Answer answer = admin("GET", "/scim2/Users?filter=" + encode(filter), null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.json())).contains("scim-filter");
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.2: a filter that finds nothing is an empty list, a wrong one 400 invalidFilter")
    void filterMisses() throws Exception {
        assertThat(admin("GET", "/scim2/Users?filter=" + encode("userName eq \"nobody\""), null)
                        .json()
                        .path("totalResults")
                        .asInt())
                .isZero();
        Answer wrong = admin("GET", "/scim2/Users?filter=" + encode("userName resembles \"x\""), null);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("scimType").asText()).isEqualTo("invalidFilter");
    }

    @Test
    @DisplayName(
            "RFC 7644 3.4.2.2: a user is found by name, in any letter case, under its name, and never for a pattern")
    void filterByName() throws Exception {
        create("scim-by_name");
        create("scim-by-name");

        for (String asked : List.of("scim-by_name", "SCIM-By_Name")) {
            JsonNode found = admin("GET", "/scim2/Users?filter=" + encode("userName eq \"" + asked + "\""), null)
                    .json();

            assertThat(names(found)).containsExactly("scim-by_name");
            assertThat(found.path("totalResults").asInt()).isOne();
        }
        for (String pattern :
                List.of("scim-by*", "scim-by?name", "scim-by%", "PRIMARY/scim-by-name", "*", "scim-by\\\\_name")) {
            assertThat(admin("GET", "/scim2/Users?filter=" + encode("userName eq \"" + pattern + "\""), null)
                            .json()
                            .path("totalResults")
                            .asInt())
                    .as(pattern)
                    .isZero();
        }
    }

    @Test
    @DisplayName("RFC 7644 3.4.2: a list counts and searches more users than the store lists by default")
    void manyUsers() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number <= 100; number++) {
            ids.add(create("scim-many-" + number).json().path("id").asText());
        }
        try {
            assertThat(admin("GET", "/scim2/Users?count=1&filter=" + encode("userName sw \"scim-many-\""), null)
                            .json()
                            .path("totalResults")
                            .asInt())
                    .isEqualTo(ids.size());
        } finally {
            for (String id : ids) {
                admin("DELETE", "/scim2/Users/" + id, null);
            }
        }
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.3: lists are sorted as asked")
    void sorting() throws Exception {
        create("scim-sort-a");
        create("scim-sort-b");

        JsonNode answer = admin(
                        "GET",
                        "/scim2/Users?sortBy=userName&sortOrder=descending&filter="
                                + encode("userName sw \"scim-sort-\""),
                        null)
                .json();

        assertThat(names(answer)).containsExactly("scim-sort-b", "scim-sort-a");
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.5, 3.9: attributes and excludedAttributes choose what is returned")
    void attributes() throws Exception {
        String id = create("scim-attributes").json().path("id").asText();

        JsonNode only = admin("GET", "/scim2/Users/" + id + "?attributes=userName", null)
                .json();
        JsonNode without = admin("GET", "/scim2/Users/" + id + "?excludedAttributes=emails", null)
                .json();

        assertThat(only.has("userName")).isTrue();
        assertThat(only.has("emails")).isFalse();
        assertThat(only.has("id")).isTrue();
        assertThat(without.has("emails")).isFalse();
        assertThat(without.has("userName")).isTrue();
    }

    @Test
    @DisplayName("RFC 7644 3.4.3: queries by POST to .search")
    void search() throws Exception {
        create("scim-search");

        Answer answer = admin(
                "POST",
                "/scim2/Users/.search",
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],"
                        + "\"filter\":\"userName eq \\\"scim-search\\\"\",\"startIndex\":1,\"count\":10}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.json())).containsExactly("scim-search");
    }

    @Test
    @DisplayName("RFC 7644 3.5.1: PUT replaces; the user name stays")
    void replace() throws Exception {
        String id = create("scim-put").json().path("id").asText();

        Answer replaced = admin(
                "PUT",
                "/scim2/Users/" + id,
                "{\"schemas\":[\"" + USER_SCHEMA + "\"],\"userName\":\"scim-put\",\"name\":{\"givenName\":\"New\"}}");

        assertThat(replaced.status()).isEqualTo(200);
        JsonNode user = admin("GET", "/scim2/Users/" + id, null).json();
        assertThat(user.at("/name/givenName").asText()).isEqualTo("New");
        assertThat(user.at("/name/familyName").isMissingNode()).isTrue();
        assertThat(user.has("emails")).isFalse();
        assertThat(admin("PUT", "/scim2/Users/" + id, "{\"schemas\":[\"" + USER_SCHEMA + "\"],\"userName\":\"other\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7644 3.5.2: PATCH adds, replaces and removes")
    void patch() throws Exception {
        String id = create("scim-patch").json().path("id").asText();

        assertThat(patch(id, "{\"op\":\"add\",\"path\":\"displayName\",\"value\":\"Shown\"}")
                        .status())
                .isEqualTo(200);
        assertThat(patch(id, "{\"op\":\"replace\",\"path\":\"name.givenName\",\"value\":\"Patched\"}")
                        .status())
                .isEqualTo(200);
        JsonNode user = admin("GET", "/scim2/Users/" + id, null).json();
        assertThat(user.path("displayName").asText()).isEqualTo("Shown");
        assertThat(user.at("/name/givenName").asText()).isEqualTo("Patched");
        assertThat(user.at("/emails/0/value").asText()).isEqualTo("scim-patch@example.com");

        assertThat(patch(id, "{\"op\":\"remove\",\"path\":\"displayName\"}").status())
                .isEqualTo(200);
        assertThat(admin("GET", "/scim2/Users/" + id, null).json().has("displayName"))
                .isFalse();
        assertThat(patch(id, "{\"op\":\"explode\"}").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7643 4.1.1, RFC 7644 3.5.2: a deactivated user cannot sign in; a new password counts at once")
    void deactivateAndPassword() throws Exception {
        String id = create("scim-active").json().path("id").asText();

        assertThat(patch(id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(kernel.signIn("scim-active", PASSWORD).status()).isEqualTo(401);
        patch(id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
        assertThat(kernel.signIn("scim-active", PASSWORD).status()).isEqualTo(200);
        patch(id, "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"Another-pass-2\"}");
        assertThat(kernel.signIn("scim-active", PASSWORD).status()).isEqualTo(401);
        assertThat(kernel.signIn("scim-active", "Another-pass-2").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7644 3.6: deletion answers 204, and the user is gone")
    void delete() throws Exception {
        String id = create("scim-delete").json().path("id").asText();

        Answer answer = admin("DELETE", "/scim2/Users/" + id, null);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(admin("GET", "/scim2/Users/" + id, null).status()).isEqualTo(404);
        assertThat(admin("DELETE", "/scim2/Users/" + id, null).status()).isEqualTo(404);
        assertThat(kernel.signIn("scim-delete", PASSWORD).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 7644 3.11: Me is the authenticated user")
    void me() throws Exception {
        create("scim-me");

        Answer answer = kernel.call("GET", "/scim2/Me", TestKernel.basic("scim-me", PASSWORD), null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("userName").asText()).isEqualTo("scim-me");
        assertThat(kernel.call("GET", "/scim2/Me", null, null).status()).isEqualTo(401);
    }

    @Test
    @DisplayName(
            "Me cannot change the email address, which decides what orders a user sees; a user can change the rest")
    void theMailAddressIsNotOnesOwnToChange() throws Exception {
        String id = create("scim-thief").json().path("id").asText();
        String thief = TestKernel.basic("scim-thief", PASSWORD);
        String mail = kernel.call("GET", "/scim2/Me", thief, null)
                .json()
                .at("/emails/0/value")
                .asText();
        String victims = "[{\"value\":\"victim@example.com\",\"primary\":true}]";

        assertThat(kernel.call(
                                "PATCH",
                                "/scim2/Me",
                                thief,
                                operation("{\"op\":\"replace\",\"path\":\"emails\",\"value\":" + victims + "}"))
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call(
                                "PUT",
                                "/scim2/Me",
                                thief,
                                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"scim-thief\","
                                        + "\"emails\":" + victims + "}")
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call(
                                "PATCH",
                                "/scim2/Me",
                                thief,
                                operation("{\"op\":\"replace\",\"path\":\"name.givenName\",\"value\":\"Bilbo\"}"))
                        .status())
                .isEqualTo(200);

        JsonNode user = admin("GET", "/scim2/Users/" + id, null).json();
        assertThat(mail).isNotEmpty();
        assertThat(user.at("/emails/0/value").asText()).isEqualTo(mail);
        assertThat(user.at("/name/givenName").asText()).isEqualTo("Bilbo");
    }

    @Test
    @DisplayName(
            "RFC 7644 3.12: a value that is too long for the user store is refused, and nothing is created by half")
    void tooLongValues() throws Exception {
        String name = "\"displayName\":\"scim-too-long\"}";
        String group = "{\"schemas\":[\"" + GROUP_SCHEMA + "\"],";

        Answer refused = admin("POST", "/scim2/Groups", group + "\"externalId\":\"" + "x".repeat(1025) + "\"," + name);
        assertThat(refused.status()).isEqualTo(400);
        Answer created = admin("POST", "/scim2/Groups", group + "\"externalId\":\"" + "x".repeat(1024) + "\"," + name);
        assertThat(created.status()).isEqualTo(201);
        assertThat(admin("DELETE", "/scim2/Groups/" + created.json().path("id").asText(), null)
                        .status())
                .isEqualTo(204);

        String user =
                "/scim2/Users/" + create("scim-too-long").json().path("id").asText();
        assertThat(admin(
                                "PATCH",
                                user,
                                operation("{\"op\":\"replace\",\"path\":\"name.givenName\",\"value\":\""
                                        + "x".repeat(1025) + "\"}"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7643 4.2, RFC 7644 3.5.2: groups are the roles; members come and go")
    void groups() throws Exception {
        String id = create("scim-member").json().path("id").asText();
        Answer created = admin(
                "POST", "/scim2/Groups", "{\"schemas\":[\"" + GROUP_SCHEMA + "\"],\"displayName\":\"scim-group\"}");
        assertThat(created.status()).isEqualTo(201);
        String group = "/scim2/Groups/" + created.json().path("id").asText();

        Answer added = admin(
                "PATCH",
                group,
                operation("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id
                        + "\",\"display\":\"scim-member\"}]}"));
        assertThat(added.status()).isEqualTo(200);
        assertThat(admin("GET", group, null).json().at("/members/0/value").asText())
                .isEqualTo(id);
        assertThat(admin("GET", "/scim2/Users/" + id, null).json().findValuesAsText("value"))
                .contains("scim-group");
        assertThat(kernel.signIn("scim-member", PASSWORD).json().path("roles"))
                .extracting(JsonNode::asText)
                .containsExactly("scim-group");

        Answer removed = admin(
                "PATCH", group, operation("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}"));
        assertThat(removed.status()).isEqualTo(200);
        assertThat(admin("GET", group, null).json().has("members")).isFalse();
        assertThat(admin("GET", "/scim2/Groups?filter=" + encode("displayName eq \"scim-group\""), null)
                        .json()
                        .path("totalResults")
                        .asInt())
                .isOne();
        assertThat(admin("DELETE", group, null).status()).isEqualTo(204);
        String administrators = admin(
                        "GET", "/scim2/Groups?filter=" + encode("displayName eq \"bookstore-admin\""), null)
                .json()
                .at("/Resources/0/id")
                .asText();
        assertThat(admin("DELETE", "/scim2/Groups/" + administrators, null).status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("RFC 7644 3.2, 3.12: unknown endpoints are 404, methods that do not exist 405, huge bodies 413")
    void endpoints() throws Exception {
        assertThat(admin("GET", "/scim2/Planets", null).status()).isEqualTo(404);
        assertThat(admin("DELETE", "/scim2/Users", null).status()).isEqualTo(405);
        assertThat(kernel.call("POST", "/scim2/Schemas", null, "{}").status()).isEqualTo(405);
        assertThat(admin("POST", "/scim2/Users", "x".repeat(300 * 1024)).status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.4: a startIndex below one is one, a negative count is none")
    void pagesOutOfRange() throws Exception {
        JsonNode below =
                admin("GET", "/scim2/Users?startIndex=-3&count=1", null).json();
        JsonNode negative = admin("GET", "/scim2/Groups?count=-1", null).json();

        assertThat(below.path("startIndex").asInt()).isOne();
        assertThat(below.path("Resources")).hasSize(1);
        assertThat(negative.path("Resources")).isEmpty();
        assertThat(negative.path("totalResults").asInt()).isPositive();
    }

    @Test
    @DisplayName("RFC 7644 3.14: the version is the ETag; 304 for one that is known, 412 for one that is gone")
    void versions() throws Exception {
        Answer created = create("scim-version");
        String user = "/scim2/Users/" + created.json().path("id").asText();
        String version = created.json().at("/meta/version").asText();

        assertThat(created.header("ETag")).isEqualTo(version).startsWith("W/");
        assertThat(admin("GET", user, null).header("ETag")).isEqualTo(version);
        assertThat(kernel.call("GET", user, kernel.administrator(), null, "If-None-Match", version)
                        .status())
                .isEqualTo(304);

        String change = operation("{\"op\":\"add\",\"path\":\"nickName\",\"value\":\"V\"}");
        Answer changed = kernel.call("PATCH", user, kernel.administrator(), change, "If-Match", version);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(version);
        assertThat(kernel.call("PATCH", user, kernel.administrator(), change, "If-Match", version)
                        .status())
                .isEqualTo(412);
        assertThat(kernel.call("DELETE", user, kernel.administrator(), null, "If-Match", version)
                        .status())
                .isEqualTo(412);
        assertThat(admin("PATCH", user, change).header("ETag"))
                .as("nothing changes")
                .isEqualTo(changed.header("ETag"));
    }

    @Test
    @DisplayName(
            "RFC 7643 4.1, 4.3, 3.3: all attributes of users and the enterprise extension are kept, and schemas name what is used")
    void allAttributes() throws Exception {
        Answer created = admin("POST", "/scim2/Users", """
                {"schemas": ["%1$s", "%2$s"], "userName": "scim-all", "nickName": "All",
                 "name": {"formatted": "Ms, All", "middleName": "M"},
                 "emails": [{"value": "work@example.com", "type": "work", "primary": true}, {"value": "home@example.com", "type": "home"}],
                 "phoneNumbers": [{"value": "+1-201-555-0123", "type": "mobile"}],
                 "addresses": [{"type": "home", "locality": "Springfield", "country": "US"}],
                 "%2$s": {"department": "Books", "manager": {"value": "26118915"}}}
                """.formatted(USER_SCHEMA, ENTERPRISE_SCHEMA));

        assertThat(created.status()).isEqualTo(201);
        JsonNode user = admin("GET", "/scim2/Users/" + created.json().path("id").asText(), null)
                .json();
        assertThat(user).isEqualTo(created.json());
        assertThat(user.path("schemas")).extracting(JsonNode::asText).containsExactly(USER_SCHEMA, ENTERPRISE_SCHEMA);
        assertThat(user.path("emails")).hasSize(2);
        assertThat(user.at("/name/formatted").asText()).isEqualTo("Ms, All");
        assertThat(user.at("/addresses/0/locality").asText()).isEqualTo("Springfield");
        assertThat(user.path(ENTERPRISE_SCHEMA).at("/manager/value").asText()).isEqualTo("26118915");
        assertThat(names(admin(
                                "GET",
                                "/scim2/Users?filter=" + encode(ENTERPRISE_SCHEMA + ":department eq \"books\""),
                                null)
                        .json()))
                .containsExactly("scim-all");
        assertThat(admin(
                                "POST",
                                "/scim2/Users",
                                "{\"schemas\":[\"" + USER_SCHEMA + "\"],\"userName\":\"scim-unsaid\",\""
                                        + ENTERPRISE_SCHEMA + "\":{\"department\":\"x\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName(
            "RFC 7643 4.1.1: administrators create users without a password, who cannot sign in; applications cannot")
    void withoutPassword() throws Exception {
        String body = "{\"schemas\":[\"" + USER_SCHEMA + "\"],\"userName\":\"scim-nopass\"}";

        assertThat(admin("POST", "/scim2/Users", body).status()).isEqualTo(201);
        assertThat(kernel.signIn("scim-nopass", "").status()).isEqualTo(401);
        Answer refused = kernel.call(
                "POST", "/scim2/Users", "Bearer " + kernel.signUpToken(), body.replace("nopass", "nopass2"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidValue");
    }

    @Test
    @DisplayName(
            "RFC 7644 3.5.2, 3.10: PATCH of values that a filter chooses; one value is primary; nothing changes when one operation fails")
    void patchByFilter() throws Exception {
        String id = create("scim-paths").json().path("id").asText();

        assertThat(patch(
                                id,
                                "{\"op\":\"Add\",\"path\":\"emails\",\"value\":{\"value\":\"two@example.com\",\"type\":\"home\","
                                        + "\"primary\":true}}")
                        .status())
                .isEqualTo(200);
        JsonNode mails = admin("GET", "/scim2/Users/" + id, null).json().path("emails");
        assertThat(mails.findValuesAsText("primary")).containsExactlyInAnyOrder("true", "false");
        assertThat(mails.at("/1/primary").asBoolean()).isTrue();

        assertThat(patch(
                                id,
                                "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"home\\\"].value\",\"value\":\"new@example.com\"}")
                        .json()
                        .at("/emails/1/value")
                        .asText())
                .isEqualTo("new@example.com");
        assertThat(patch(id, "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"home\\\"]\"}")
                        .json()
                        .path("emails"))
                .hasSize(1);

        Answer missed = patch(
                id,
                "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Never\"},"
                        + "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"fax\\\"].value\",\"value\":\"x\"}");
        assertThat(missed.status()).isEqualTo(400);
        assertThat(missed.json().path("scimType").asText()).isEqualTo("noTarget");
        assertThat(admin("GET", "/scim2/Users/" + id, null).json().has("displayName"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'remove'} | noTarget", "{'op':'add','path':'nickName'} | invalidValue",
                "{'op':'add','path':'shoeSize','value':'44'} | invalidPath",
                        "{'op':'add','path':'name.shoe','value':'x'} | invalidPath",
                "{'op':'add','path':'emails[','value':'x'} | invalidPath",
                        "{'op':'replace','path':'id','value':'x'} | mutability",
                "{'op':'replace','path':'meta.created','value':'x'} | mutability",
                        "{'op':'replace','path':'userName','value':'x'} | mutability",
                "{'op':'remove','path':'userName'} | mutability",
                        "{'op':'add','path':'groups','value':[{'value':'x'}]} | mutability",
                "{'op':'replace','path':'active','value':'perhaps'} | invalidValue",
                        "{'op':'add','path':'emails','value':'x'} | invalidValue"
            })
    @DisplayName("RFC 7644 3.5.2, 3.12: what a PATCH cannot do is 400 with the scimType that says why")
    void patchRefused(String operation, String type) throws Exception {
        if (wrongPatches == null) {
            wrongPatches = create("scim-wrong-patch").json().path("id").asText();
        }

        Answer answer = patch(wrongPatches, operation.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("scimType").asText()).isEqualTo(type);
    }

    @Test
    @DisplayName(
            "RFC 7643 3.1, 4.2, RFC 7644 3.5.1: a group keeps its id under a new name, has times, and takes the members of a PUT")
    void groupRenamed() throws Exception {
        String id = create("scim-renamer").json().path("id").asText();
        JsonNode group = admin(
                        "POST",
                        "/scim2/Groups",
                        "{\"schemas\":[\"" + GROUP_SCHEMA
                                + "\"],\"displayName\":\"scim-old\",\"members\":[{\"value\":\"" + id + "\"}]}")
                .json();
        String path = "/scim2/Groups/" + group.path("id").asText();
        assertThat(group.at("/meta/created").asText()).isNotEmpty();

        Answer renamed =
                admin("PATCH", path, operation("{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"scim-new\"}"));

        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("id")).isEqualTo(group.path("id"));
        assertThat(renamed.json().at("/members/0/value").asText()).isEqualTo(id);
        assertThat(admin("GET", "/scim2/Users/" + id, null)
                        .json()
                        .at("/groups/0/display")
                        .asText())
                .isEqualTo("scim-new");
        assertThat(admin("PUT", path, "{\"schemas\":[\"" + GROUP_SCHEMA + "\"],\"displayName\":\"scim-new\"}")
                        .json()
                        .has("members"))
                .isFalse();
        assertThat(admin("DELETE", path, null).status()).isEqualTo(204);
        assertThat(admin("GET", path, null).status()).isEqualTo(404);
    }

    @Test
    @DisplayName(
            "RFC 7644 3.7, 3.4.2.1, 4: no bulk and no search of everything (501), no filters on what describes the server (403)")
    void notOffered() throws Exception {
        assertThat(admin("POST", "/scim2/Bulk", "{}").status()).isEqualTo(501);
        assertThat(admin("POST", "/scim2/.search", "{}").status()).isEqualTo(501);
        assertThat(kernel.call("GET", "/scim2/Schemas?filter=" + encode("id pr"), null, null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("GET", "/scim2/ResourceTypes/User", null, null)
                        .json()
                        .path("schema")
                        .asText())
                .isEqualTo(USER_SCHEMA);
        assertThat(kernel.call("GET", "/scim2/ResourceTypes/Planet", null, null).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.5, 3.9: chosen attributes, in any case and down to their parts, also in lists")
    void partsOfAttributes() throws Exception {
        String id = create("scim-parts").json().path("id").asText();

        JsonNode parts = admin("GET", "/scim2/Users/" + id + "?attributes=NAME.givenName,emails.value", null)
                .json();
        JsonNode listed = admin(
                        "GET", "/scim2/Users?attributes=userName&filter=" + encode("userName eq \"scim-parts\""), null)
                .json();

        assertThat(parts.path("name")).hasSize(1);
        assertThat(parts.path("emails").path(0)).hasSize(1);
        assertThat(listed.at("/Resources/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("schemas", "id", "userName");
        assertThat(admin("GET", "/scim2/Users/" + id + "?attributes=password", null)
                        .json()
                        .has("password"))
                .isFalse();
    }

    private static Answer admin(String method, String path, String body) throws Exception {
        return kernel.call(method, path, kernel.administrator(), body);
    }

    private static Answer create(String name) throws Exception {
        return admin("POST", "/scim2/Users", TestKernel.user(name, PASSWORD, name + "@example.com"));
    }

    private static Answer patch(String id, String operation) throws Exception {
        return admin("PATCH", "/scim2/Users/" + id, operation(operation));
    }

    private static String operation(String operation) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operation + "]}";
    }

    private static JsonNode named(JsonNode attributes, String name) {
        for (JsonNode attribute : attributes) {
            if (attribute.path("name").asText().equals(name)) {
                return attribute;
            }
        }
        throw new AssertionError("No attribute " + name);
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        Stream.of(list.path("Resources"))
                .forEach(users ->
                        users.forEach(user -> names.add(user.path("userName").asText())));
        return names;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
