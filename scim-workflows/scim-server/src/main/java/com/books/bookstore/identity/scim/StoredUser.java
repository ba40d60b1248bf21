package com.books.bookstore.identity.scim;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.charon3.core.attributes.SimpleAttribute;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.objects.User;
import org.wso2.charon3.core.objects.plainobjects.MultiValuedComplexType;
import org.wso2.charon3.core.objects.plainobjects.ScimName;
import org.wso2.carbon.user.core.util.UserCoreUtil;

/** A user between the two worlds: claims of the Carbon user store, attributes of SCIM (RFC 7643, section 4.1). */
final class StoredUser {

    static final String GIVEN_NAME = "http://wso2.org/claims/givenname";
    static final String FAMILY_NAME = "http://wso2.org/claims/lastname";
    static final String DISPLAY_NAME = "http://wso2.org/claims/displayName";
    static final String MAIL = "http://wso2.org/claims/emailaddress";
    static final String EXTERNAL_ID = "http://wso2.org/claims/externalid";
    static final String DISABLED = "http://wso2.org/claims/identity/accountDisabled";
    static final String CREATED = "http://wso2.org/claims/created";
    static final String MODIFIED = "http://wso2.org/claims/modified";

    static final String[] CLAIMS = {GIVEN_NAME, FAMILY_NAME, DISPLAY_NAME, MAIL, EXTERNAL_ID, DISABLED, CREATED,
        MODIFIED};

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final String USER = CORE + "User:";

    final String id;
    final String userName;
    private final Map<String, String> claims;
    private final List<String> roles;

    StoredUser(String id, String userName, Map<String, String> claims, List<String> roles) {
        this.id = id;
        this.userName = userName;
        this.claims = claims;
        this.roles = roles;
    }

    /** Claims of a SCIM user; those he lacks are empty when {@code clearing}, and left out otherwise. */
    static Map<String, String> claims(User user, boolean clearing) {
        Map<String, String> claims = new HashMap<>();
        ScimName name = user.isAttributeExist("name") ? user.getName() : new ScimName();
        put(claims, GIVEN_NAME, name.getGivenName(), clearing);
        put(claims, FAMILY_NAME, name.getFamilyName(), clearing);
        put(claims, DISPLAY_NAME, user.isAttributeExist("displayName") ? user.getDisplayName() : null, clearing);
        put(claims, MAIL, mail(user), clearing);
        if (user.isAttributeExist("active")) {
            // After a PATCH Charon holds text here, over which its own getActive() stumbles.
            Object active = ((SimpleAttribute) user.getAttribute("active")).getValue();
            claims.put(DISABLED, String.valueOf(!Boolean.parseBoolean(String.valueOf(active))));
        }
        return claims;
    }

    private static String mail(User user) {
        if (!user.isAttributeExist("emails")) {
            return null;
        }
        List<MultiValuedComplexType> mails = user.getEmails();
        if (mails == null || mails.isEmpty()) {
            return null;
        }
        return mails.stream().filter(MultiValuedComplexType::isPrimary).findFirst().orElse(mails.get(0)).getValue();
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
        user.setSchemas();
        user.setId(id);
        user.setUserName(userName);
        if (!claim(GIVEN_NAME).isEmpty() || !claim(FAMILY_NAME).isEmpty()) {
            ScimName name = new ScimName();
            name.setGivenName(emptyToNull(claim(GIVEN_NAME)));
            name.setFamilyName(emptyToNull(claim(FAMILY_NAME)));
            user.replaceName(name);
        }
        if (!claim(DISPLAY_NAME).isEmpty()) {
            user.replaceDisplayName(claim(DISPLAY_NAME));
        }
        if (!claim(MAIL).isEmpty()) {
            MultiValuedComplexType mail = new MultiValuedComplexType();
            mail.setValue(claim(MAIL));
            mail.setPrimary(true);
            user.replaceEmails(new ArrayList<>(Collections.singletonList(mail)));
        }
        user.replaceActive(isActive());
        if (!roles.isEmpty()) {
            List<MultiValuedComplexType> values = new ArrayList<>();
            for (String role : roles) {
                MultiValuedComplexType value = new MultiValuedComplexType();
                value.setValue(role);
                value.setDisplay(role);
                values.add(value);
            }
            user.replaceRoles(values);
        }
        user.setResourceType("User");
        user.setLocation(baseUrl + "/Users/" + id);
        user.setCreatedInstant(instant(CREATED));
        user.setLastModifiedInstant(instant(MODIFIED));
        return user;
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
            // The kernel's first administrator was made before anybody kept the time.
            return Instant.EPOCH;
        }
    }

    /** Values of an attribute by its full name, for filters and sorting; empty when the user has none. */
    List<String> values(String attribute) {
        String name = attribute.startsWith(USER) ? attribute.substring(USER.length())
                : attribute.startsWith(CORE) ? attribute.substring(CORE.length()) : attribute;
        switch (name.toLowerCase(Locale.ROOT)) {
            case "id": return Collections.singletonList(id);
            case "username": return Collections.singletonList(userName);
            case "name.givenname": return one(GIVEN_NAME);
            case "name.familyname": return one(FAMILY_NAME);
            case "displayname": return one(DISPLAY_NAME);
            case "emails":
            case "emails.value": return one(MAIL);
            case "active": return Collections.singletonList(String.valueOf(isActive()));
            case "roles":
            case "roles.value":
            case "roles.default": return roles;
            case "meta.created": return one(CREATED);
            case "meta.lastmodified": return one(MODIFIED);
            default: return Collections.emptyList();
        }
    }

    private List<String> one(String uri) {
        return claim(uri).isEmpty() ? Collections.emptyList() : Collections.singletonList(claim(uri));
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Role names without their domain; the role that everybody has says nothing and is left out. */
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
