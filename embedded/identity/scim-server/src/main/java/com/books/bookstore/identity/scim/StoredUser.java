package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wso2.carbon.user.core.util.UserCoreUtil;
import org.wso2.charon3.core.encoder.JSONDecoder;
import org.wso2.charon3.core.encoder.JSONEncoder;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.exceptions.InternalErrorException;
import org.wso2.charon3.core.objects.User;
import org.wso2.charon3.core.objects.plainobjects.MultiValuedComplexType;
import org.wso2.charon3.core.schema.SCIMResourceSchemaManager;

/**
 * A user between the two worlds: claims of the Carbon user store, attributes of SCIM (RFC 7643, section 4.1).
 *
 * <p>What the bookstore works with has a claim of its own. All other attributes are kept as one JSON document: {@link UserDocuments}.
 */
final class StoredUser {

    static final String GIVEN_NAME = "http://wso2.org/claims/givenname";
    static final String FAMILY_NAME = "http://wso2.org/claims/lastname";
    static final String DISPLAY_NAME = "http://wso2.org/claims/displayName";
    static final String MAIL = "http://wso2.org/claims/emailaddress";
    static final String EXTERNAL_ID = "http://wso2.org/claims/externalid";
    static final String DISABLED = "http://wso2.org/claims/identity/accountDisabled";
    static final String CREATED = "http://wso2.org/claims/created";
    static final String MODIFIED = "http://wso2.org/claims/modified";

    /** All claims of a user. */
    static final String[] CLAIMS = {
        GIVEN_NAME, FAMILY_NAME, DISPLAY_NAME, MAIL, EXTERNAL_ID, DISABLED, CREATED, MODIFIED
    };

    private static final List<String> COLUMNS =
            Arrays.asList("/name/givenName", "/name/familyName", "/displayName", "/externalId");

    /** Width of UM_USER_ATTRIBUTE.UM_ATTR_VALUE, and of IDN_SCIM_GROUP.ATTR_VALUE. */
    private static final int LONGEST_VALUE = 1024;

    private static final List<String> NOT_IN_DOCUMENT = Arrays.asList(
            "schemas",
            "id",
            "meta",
            "userName",
            "password",
            "active",
            "groups",
            "roles",
            "displayName",
            "externalId",
            "urn:scim:wso2:schema");

    final String id;
    final String userName;
    private final Map<String, String> claims;
    private final String document;
    private final List<GroupRecords.GroupRecord> groups;

    StoredUser(
            String id,
            String userName,
            Map<String, String> claims,
            String document,
            List<GroupRecords.GroupRecord> groups) {
        this.id = id;
        this.userName = userName;
        this.claims = claims;
        this.document = document;
        this.groups = groups;
    }

    /**
     * Looks at the values that have a column of their own, of users and of groups.
     *
     * @throws ScimError when one is too long for it
     */
    static void requireFit(ObjectNode resource) throws ScimError {
        for (String value : COLUMNS) {
            if (resource.at(value).asText().length() > LONGEST_VALUE) {
                throw ScimError.badRequest(
                        "invalidValue",
                        value.substring(1).replace('/', '.') + " has at most " + LONGEST_VALUE + " characters.");
            }
        }
    }

    /** Claims of a SCIM user; missing ones are empty when {@code clearing}, and left out otherwise. */
    static Map<String, String> claims(User user, boolean clearing) throws CharonException {
        ObjectNode scim = json(user);
        Map<String, String> claims = new HashMap<>();
        put(claims, GIVEN_NAME, scim.at("/name/givenName").asText(), clearing);
        put(claims, FAMILY_NAME, scim.at("/name/familyName").asText(), clearing);
        put(claims, DISPLAY_NAME, scim.path("displayName").asText(), clearing);
        put(claims, EXTERNAL_ID, scim.path("externalId").asText(), clearing);
        put(claims, MAIL, mail(scim.path("emails")), clearing);
        if (scim.has("active")) {
            claims.put(DISABLED, String.valueOf(!scim.path("active").asBoolean()));
        }
        return claims;
    }

    private static ObjectNode json(User user) throws CharonException {
        try {
            return Messages.read(new JSONEncoder().encodeSCIMObject(user));
        } catch (ScimError cannotBe) {
            throw new CharonException("Charon wrote no JSON.", cannotBe);
        }
    }

    /** The email addresses that Charon has read or is to write. */
    static JsonNode emails(User user) throws CharonException {
        return json(user).path("emails");
    }

    /** The email addresses in a stored document. */
    static JsonNode emails(String document) {
        try {
            return Messages.read(document).path("emails");
        } catch (ScimError malformed) {
            throw new IllegalStateException("A stored document is not JSON", malformed);
        }
    }

    /** The email address that counts: the primary one, else the first; an empty text when there is none. */
    static String mail(JsonNode mails) {
        for (JsonNode mail : mails) {
            if (mail.path("primary").asBoolean()) {
                return mail.path("value").asText();
            }
        }
        return mails.path(0).path("value").asText();
    }

    /** The attributes that have no claim; an empty text when there are none. */
    static String document(User user) throws CharonException {
        ObjectNode document = json(user);
        document.remove(NOT_IN_DOCUMENT);
        if (document.path("name").isObject()) {
            ((ObjectNode) document.path("name")).remove(Arrays.asList("givenName", "familyName"));
        }
        if (document.path("name").isEmpty()) {
            document.remove("name");
        }
        if (document.path("emails")
                .equals(onlyMail(mail(document.path("emails"))).path("emails"))) {
            document.remove("emails");
        }
        return document.isEmpty() ? "" : document.toString();
    }

    /** The usual case, which needs no document: one email address, the primary one. */
    private static ObjectNode onlyMail(String address) {
        ObjectNode user = Messages.object();
        user.putArray("emails").addObject().put("value", address).put("primary", true);
        return user;
    }

    private static void put(Map<String, String> claims, String uri, String value, boolean clearing) {
        if (value != null && !value.isEmpty()) {
            claims.put(uri, value);
        } else if (clearing) {
            claims.put(uri, "");
        }
    }

    User toScim(String baseUrl) throws CharonException, BadRequestException {
        User user = new User();
        try {
            new JSONDecoder()
                    .decodeResource(
                            attributes().toString(),
                            SCIMResourceSchemaManager.getInstance().getUserResourceSchema(),
                            user);
        } catch (InternalErrorException | ScimError malformed) {
            throw new CharonException("The attributes of user " + id + " cannot be read.", malformed);
        }
        user.setId(id);
        List<MultiValuedComplexType> direct = new ArrayList<>();
        List<MultiValuedComplexType> roles = new ArrayList<>();
        for (GroupRecords.GroupRecord group : groups) {
            MultiValuedComplexType membership = new MultiValuedComplexType();
            membership.setValue(group.id);
            membership.setDisplay(group.name);
            membership.setType("direct");
            membership.setReference(baseUrl + "/Groups/" + group.id);
            direct.add(membership);
            MultiValuedComplexType role = new MultiValuedComplexType();
            role.setValue(group.name);
            role.setDisplay(group.name);
            roles.add(role);
        }
        if (!groups.isEmpty()) {
            user.replaceGroups(direct);
            user.replaceRoles(roles);
        }
        user.setResourceType("User");
        user.setLocation(baseUrl + "/Users/" + id);
        user.setCreatedInstant(instant(CREATED));
        user.setLastModifiedInstant(instant(MODIFIED));
        return user;
    }

    /** The email addresses that this user has. */
    JsonNode emails() {
        JsonNode stored = document.isEmpty() ? MissingNode.getInstance() : emails(document);
        return stored.isMissingNode() && !claim(MAIL).isEmpty()
                ? onlyMail(claim(MAIL)).path("emails")
                : stored;
    }

    private ObjectNode attributes() throws ScimError {
        ObjectNode attributes = document.isEmpty() ? Messages.object() : Messages.read(document);
        attributes.put("userName", userName).put("active", isActive());
        ObjectNode name = attributes.path("name").isObject()
                ? (ObjectNode) attributes.path("name")
                : attributes.putObject("name");
        set(name, "givenName", claim(GIVEN_NAME));
        set(name, "familyName", claim(FAMILY_NAME));
        if (name.isEmpty()) {
            attributes.remove("name");
        }
        set(attributes, "displayName", claim(DISPLAY_NAME));
        set(attributes, "externalId", claim(EXTERNAL_ID));
        if (!emails().isMissingNode()) {
            attributes.set("emails", emails());
        }
        return attributes;
    }

    private static void set(ObjectNode target, String name, String value) {
        if (!value.isEmpty()) {
            target.put(name, value);
        }
    }

    boolean isActive() {
        return !"true".equals(claim(DISABLED));
    }

    String claim(String uri) {
        String value = claims.get(uri);
        return value == null ? "" : value;
    }

    private Instant instant(String uri) {
        try {
            return Instant.parse(claim(uri));
        } catch (DateTimeParseException unknown) {
            // The kernel's first administrator was created before times were kept.
            return Instant.EPOCH;
        }
    }

    /** Role names without their domain; the role that all users have says nothing and is left out. */
    static List<String> plainRoles(Iterable<String> qualified) {
        List<String> plain = new ArrayList<>();
        for (String role : qualified) {
            String name = UserCoreUtil.removeDomainFromName(role);
            if (!Arrays.asList("everyone", "system").contains(name)) {
                plain.add(name);
            }
        }
        Collections.sort(plain);
        return plain;
    }
}
