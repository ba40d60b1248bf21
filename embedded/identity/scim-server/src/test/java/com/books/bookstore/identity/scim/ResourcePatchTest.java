package com.books.bookstore.identity.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PATCH (RFC 7644, section 3.5.2), filters (3.4.2.2) and chosen attributes (3.9) without a server. */
class ResourcePatchTest {

    private static ResourceSchema users;

    @BeforeAll
    static void schema() throws Exception {
        EnterpriseUser.register();
        users = ResourceSchema.user();
    }

    /** @param text JSON with ' for ", and ` for " within texts */
    private static ObjectNode json(String text) throws ScimError {
        return Messages.read(text.replace("`", "\\\"").replace('\'', '"'));
    }

    private static ObjectNode user() throws ScimError {
        return json(
                "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'id':'7','userName':'bob','name':{'givenName':'Bob'},"
                        + "'emails':[{'value':'work@x.org','type':'work','primary':true},{'value':'home@x.org','type':'home'}]}");
    }

    private static ObjectNode patched(String operations) throws ScimError {
        return ResourcePatch.of(
                        json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[" + operations
                                + "]}"),
                        users)
                .applyTo(user());
    }

    @Test
    @DisplayName("3.5.2.1: a value that is there is not added again; a single value joins the list")
    void add() throws Exception {
        assertThat(patched(
                                "{'op':'add','path':'emails','value':[{'type':'home','value':'home@x.org','primary':false}]}")
                        .path("emails"))
                .hasSize(2);
        assertThat(patched("{'op':'add','path':'emails','value':{'value':'new@x.org'}}")
                        .path("emails"))
                .hasSize(3);
        assertThat(patched("{'op':'add','value':{'nickName':'B','emails':[{'value':'new@x.org'}]}}")
                        .path("emails"))
                .hasSize(3);
    }

    @Test
    @DisplayName("3.5.2.1: what is added to a value that a filter chooses takes the place of what was there")
    void addByFilter() throws Exception {
        JsonNode emails = patched("{'op':'add','path':'emails[value eq `home@x.org`].type','value':'other'}")
                .path("emails");

        assertThat(emails).hasSize(2);
        assertThat(emails.at("/1/type").asText()).isEqualTo("other");
    }

    @Test
    @DisplayName("3.5.2.3: replacement of a whole attribute, of its parts, and of values that a filter chooses")
    void replace() throws Exception {
        assertThat(patched("{'op':'replace','path':'emails','value':[{'value':'only@x.org'}]}")
                        .path("emails"))
                .hasSize(1);
        assertThat(patched(
                                "{'op':'replace','path':'urn:ietf:params:scim:schemas:core:2.0:User:NAME.GIVENNAME','value':'Rob'}")
                        .at("/name/givenName")
                        .asText())
                .isEqualTo("Rob");
        assertThat(patched("{'op':'replace','path':'emails[type eq `home`]','value':{'type':'home','value':'h@x.org'}}")
                        .at("/emails/1/value")
                        .asText())
                .isEqualTo("h@x.org");
        assertThat(patched("{'op':'add','path':'" + ResourceSchema.ENTERPRISE + ":department','value':'Books'}")
                        .path(ResourceSchema.ENTERPRISE)
                        .path("department")
                        .asText())
                .isEqualTo("Books");
    }

    @Test
    @DisplayName("3.5.2.2, RFC 7643 2.5: removal, and replacement by null, which is the same")
    void remove() throws Exception {
        assertThat(patched("{'op':'remove','path':'emails[type eq `work`]'}").path("emails"))
                .hasSize(1);
        assertThat(patched("{'op':'remove','path':'emails'}").has("emails")).isFalse();
        assertThat(patched("{'op':'replace','path':'name.givenName','value':null}")
                        .has("name"))
                .isFalse();
    }

    @Test
    @DisplayName("3.5.2: the value that becomes primary takes that from the other")
    void primary() throws Exception {
        JsonNode emails = patched("{'op':'replace','path':'emails[type eq `home`].primary','value':true}")
                .path("emails");

        assertThat(emails.at("/0/primary").asBoolean()).isFalse();
        assertThat(emails.at("/1/primary").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("3.5.2: the resource that was read is left as it was")
    void leavesTheOriginal() throws Exception {
        ObjectNode before = user();
        ResourcePatch.of(
                        json("{'schemas':['" + ResourcePatch.SCHEMA
                                + "'],'Operations':[{'op':'remove','path':'emails'}]}"),
                        users)
                .applyTo(before);

        assertThat(before).isEqualTo(user());
    }

    @Test
    @DisplayName(
            "RFC 7643 2.2, 2.5: read-only and unknown attributes and empty values are left out; wrong types are refused")
    void normalize() throws Exception {
        JsonNode normal =
                users.normalize(json("{'ID':'x','USERNAME':'bob','shoe':1,'nickName':'','emails':[],'active':'true',"
                        + "'roles':[{'value':'admin'}]}"));

        assertThat(normal.fieldNames()).toIterable().containsExactlyInAnyOrder("userName", "active");
        assertThat(normal.path("active").isBoolean()).isTrue();
        assertThatThrownBy(() -> users.normalize(json("{'name':'Bob'}"))).isInstanceOf(ScimError.class);
        assertThatThrownBy(() -> users.normalize(json("{'emails':['bob@x.org']}")))
                .isInstanceOf(ScimError.class);
    }

    @Test
    @DisplayName("3.4.2.2, 3.9: a query for mails finds by value, and shows what it is asked for")
    void query() throws Exception {
        ResourceQuery query = ResourceQuery.of(
                json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],"
                        + "'filter':'emails co `home@` and not (name.familyName pr)','attributes':['emails.value']}"),
                users);
        List<ObjectNode> found = query.select(List.of(user()));

        assertThat(found).hasSize(1);
        assertThat(query.list(query.page(found), 1).at("/Resources/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("schemas", "id", "emails");
    }

    private static ResourceQuery search(String parameter, String value) throws ScimError {
        ObjectNode search = json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest']}");
        search.put(parameter, value);
        return ResourceQuery.of(search, users);
    }

    @Test
    @DisplayName("3.12: what the library for filters cannot carry out is the caller's mistake")
    void unreadableFilters() throws Exception {
        String deep = "not (".repeat(10_000) + "userName pr" + ")".repeat(10_000);

        for (String filter : List.of("userName eq [1]", "not (emails ne {})", deep)) {
            assertThatThrownBy(() -> search("filter", filter))
                    .isInstanceOfSatisfying(
                            ScimError.class,
                            refused -> assertThat(refused.type()).isEqualTo("invalidFilter"));
        }
        for (String path : List.of(" ", "emails[" + deep + "]")) {
            assertThatThrownBy(() -> search("sortBy", path))
                    .isInstanceOfSatisfying(
                            ScimError.class,
                            refused -> assertThat(refused.type()).isEqualTo("invalidPath"));
        }
        assertThatThrownBy(() -> patched("{'op':'remove','path':'emails[" + deep + "]'}"))
                .isInstanceOfSatisfying(
                        ScimError.class, refused -> assertThat(refused.type()).isEqualTo("invalidPath"));
        assertThat(search("filter", "((userName eq \"bob)\"))").select(List.of(user())))
                .isEmpty();
    }

    @Test
    @DisplayName("3.12: what is too long for the user store is the caller's mistake")
    void tooLongForTheStore() throws Exception {
        for (String value : List.of("{'displayName':'%s'}", "{'externalId':'%s'}", "{'name':{'familyName':'%s'}}")) {
            StoredUser.requireFit(json(String.format(value, "x".repeat(1024))));
            assertThatThrownBy(() -> StoredUser.requireFit(json(String.format(value, "x".repeat(1025)))))
                    .isInstanceOfSatisfying(
                            ScimError.class,
                            refused -> assertThat(refused.type()).isEqualTo("invalidValue"));
        }
    }
}
