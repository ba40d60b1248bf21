package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMConstants;
import org.wso2.charon3.core.schema.SCIMDefinitions.DataType;
import org.wso2.charon3.core.schema.SCIMDefinitions.Mutability;
import org.wso2.charon3.core.schema.SCIMDefinitions.Uniqueness;
import org.wso2.charon3.core.schema.SCIMResourceSchemaManager;
import org.wso2.charon3.core.schema.SCIMResourceTypeSchema;

/**
 * The attributes of one resource type with their characteristics (RFC 7643, section 7), from the schemas by which Charon validates.
 *
 * <p>Some characteristics differ from Charon's, as this server behaves like Identity Server: a user's name cannot be changed, the roles
 * of a user come from the groups, and no two groups have one name. Immutable.
 */
final class ResourceSchema {

    static final String ENTERPRISE = SCIMConstants.ENTERPRISE_USER_SCHEMA_URI;

    private static final List<String> COMMON = Arrays.asList("id", "externalid", "meta");
    private static final String SCHEMAS = "schemas";
    private static final int DEEPEST = 50;

    private final String urn;
    private final Map<String, AttributeSchema> attributes = new LinkedHashMap<>();
    private final Map<String, AttributeSchema> extensions = new LinkedHashMap<>();

    private ResourceSchema(String urn, SCIMResourceTypeSchema charon) {
        this.urn = urn;
        for (AttributeSchema attribute : charon.getAttributesList()) {
            boolean extension = attribute.getName().startsWith("urn:");
            if (!extension) {
                attributes.put(lower(attribute.getName()), attribute);
            } else if (ENTERPRISE.equals(attribute.getName())) {
                extensions.put(lower(attribute.getName()), attribute);
            }
        }
    }

    static ResourceSchema user() {
        return new ResourceSchema(
                SCIMConstants.USER_CORE_SCHEMA_URI,
                SCIMResourceSchemaManager.getInstance().getUserResourceSchema());
    }

    static ResourceSchema group() {
        return new ResourceSchema(
                SCIMConstants.GROUP_CORE_SCHEMA_URI,
                SCIMResourceSchemaManager.getInstance().getGroupResourceSchema());
    }

    String urn() {
        return urn;
    }

    /** Attributes of the core schema, without those that all resources have (RFC 7643, section 3.1). */
    List<AttributeSchema> core() {
        List<AttributeSchema> core = new ArrayList<>();
        attributes.forEach((name, attribute) -> {
            if (!COMMON.contains(name) && !SCHEMAS.equals(name)) {
                core.add(attribute);
            }
        });
        return core;
    }

    /** Attributes of the enterprise extension; empty for groups. */
    List<AttributeSchema> enterprise() {
        return extensions.isEmpty()
                ? Collections.emptyList()
                : extensions.get(lower(ENTERPRISE)).getSubAttributeSchemas();
    }

    static Mutability mutability(AttributeSchema attribute) {
        String uri = attribute.getURI();
        if (uri.startsWith(SCIMConstants.UserSchemaConstants.ROLES_URI)) {
            return Mutability.READ_ONLY;
        }
        return SCIMConstants.UserSchemaConstants.USER_NAME_URI.equals(uri)
                ? Mutability.IMMUTABLE
                : attribute.getMutability();
    }

    static Uniqueness uniqueness(AttributeSchema attribute) {
        return SCIMConstants.GroupSchemaConstants.DISPLAY_NAME_URI.equals(attribute.getURI())
                ? Uniqueness.SERVER
                : attribute.getUniqueness();
    }

    static boolean isReadOnly(AttributeSchema attribute) {
        return mutability(attribute) == Mutability.READ_ONLY;
    }

    /**
     * Finds the attribute that a path names, whatever the case of its letters.
     *
     * @return null for a path to nothing, and for one that names an extension as a whole
     */
    AttributeSchema find(Path path) {
        AttributeSchema found = path.getSchemaUrn() == null ? null : extensions.get(lower(path.getSchemaUrn()));
        if (path.getSchemaUrn() != null && found == null) {
            return null;
        }
        for (int i = 0; i < path.size(); i++) {
            String name = lower(path.getElement(i).getAttribute());
            found = found == null ? attributes.get(name) : sub(found, name);
            if (found == null) {
                return null;
            }
        }
        return path.isRoot() ? null : found;
    }

    /**
     * Reads the name of an attribute, of a part of one, or of an extension as a whole.
     *
     * @throws ScimError when it cannot be one
     */
    Path path(String text) throws ScimError {
        String plain = withoutCoreUrn(text.trim());
        return extensions.containsKey(lower(plain)) ? Path.root(plain) : attributePath(plain);
    }

    /**
     * Reads the name of an attribute, or of a part of one.
     *
     * @param plain without the URN of the schema
     * @throws ScimError when it cannot be one
     */
    static Path attributePath(String plain) throws ScimError {
        if (!isClosed(plain)) {
            throw ScimError.badRequest(
                    "invalidPath", "A quote or a bracket of the path is not closed, or brackets are too deep.");
        }
        try {
            return Path.fromString(plain);
        } catch (ScimException malformed) {
            throw ScimError.badRequest("invalidPath", "The path " + plain + " is malformed.");
        }
    }

    /**
     * Whether all quotes and brackets of a path or a filter are closed, and not more than {@value #DEEPEST} are open at once: the library
     * ignores some that are not closed, and goes down into each of them until its stack is full.
     */
    static boolean isClosed(String expression) {
        Deque<Character> open = new ArrayDeque<>();
        boolean quoted = false;
        for (int i = 0; i < expression.length() && open.size() <= DEEPEST; i++) {
            char c = expression.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                open.push(c == '(' ? ')' : ']');
            } else if (!quoted && (c == ')' || c == ']') && (open.isEmpty() || open.pop() != c)) {
                return false;
            }
        }
        return !quoted && open.isEmpty();
    }

    boolean isExtension(Path path) {
        return path.isRoot() && path.getSchemaUrn() != null && extensions.containsKey(lower(path.getSchemaUrn()));
    }

    private static AttributeSchema sub(AttributeSchema parent, String name) {
        if (parent.getSubAttributeSchemas() != null) {
            for (AttributeSchema sub : parent.getSubAttributeSchemas()) {
                if (lower(sub.getName()).equals(name)) {
                    return sub;
                }
            }
        }
        return null;
    }

    /**
     * Leaves out the prefix of the core schema, which names what the plain attribute names do (RFC 7644, section 3.10), wherever it
     * stands outside of quotes.
     */
    String withoutCoreUrn(String expression) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && quoted && i + 1 < expression.length()) {
                plain.append(c).append(expression.charAt(++i));
                continue;
            }
            if (c == '"') {
                quoted = !quoted;
            }
            if (!quoted && expression.regionMatches(true, i, urn + ":", 0, urn.length() + 1)) {
                i += urn.length();
                continue;
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /**
     * Brings what a client sends into one form: names as the schema spells them, single values of multi-valued attributes as
     * lists, nothing that is null or empty (RFC 7643, section 2.5), nothing that clients may not set (section 2.2), and nothing that no
     * schema knows.
     *
     * @throws ScimError when a value has not the type of its attribute
     */
    ObjectNode normalize(JsonNode sent) throws ScimError {
        if (sent == null || !sent.isObject()) {
            throw ScimError.badRequest("invalidSyntax", "The body is not a JSON object.");
        }
        ObjectNode normal = JsonUtils.getJsonNodeFactory().objectNode();
        for (Iterator<Map.Entry<String, JsonNode>> fields = sent.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = lower(
                    field.getKey().startsWith(urn + ":") ? field.getKey().substring(urn.length() + 1) : field.getKey());
            if (SCHEMAS.equals(name)) {
                normal.set(SCHEMAS, field.getValue());
            } else if (extensions.containsKey(name)) {
                put(normal, extensions.get(name), field.getValue());
            } else if (attributes.containsKey(name)) {
                put(normal, attributes.get(name), field.getValue());
            }
        }
        return normal;
    }

    private static void put(ObjectNode target, AttributeSchema attribute, JsonNode value) throws ScimError {
        if (isReadOnly(attribute) && !attribute.getName().startsWith("urn:")) {
            return;
        }
        JsonNode normal = attribute.getMultiValued() ? many(attribute, value) : one(attribute, value);
        if (normal != null) {
            target.set(attribute.getName(), normal);
        }
    }

    private static JsonNode many(AttributeSchema attribute, JsonNode value) throws ScimError {
        ArrayNode values = JsonUtils.getJsonNodeFactory().arrayNode();
        for (JsonNode each : value.isArray() ? value : Collections.singletonList(value)) {
            JsonNode normal = one(attribute, each);
            if (normal != null) {
                values.add(normal);
            }
        }
        return values.isEmpty() ? null : values;
    }

    private static JsonNode one(AttributeSchema attribute, JsonNode value) throws ScimError {
        if (value.isNull()) {
            return null;
        }
        if (attribute.getType() == DataType.COMPLEX) {
            if (!value.isObject()) {
                throw wrongType(attribute);
            }
            ObjectNode complex = JsonUtils.getJsonNodeFactory().objectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                AttributeSchema sub = sub(attribute, lower(field.getKey()));
                if (sub != null) {
                    put(complex, sub, field.getValue());
                }
            }
            if (complex.isEmpty() && !value.isEmpty() && unknown(attribute, value)) {
                throw ScimError.badRequest(
                        "invalidValue", "A value of " + attribute.getName() + " has none of its known parts.");
            }
            return complex.isEmpty() ? null : complex;
        }
        if (attribute.getType() == DataType.BOOLEAN) {
            String text = lower(value.asText());
            if (!value.isValueNode() || !"true".equals(text) && !"false".equals(text)) {
                throw wrongType(attribute);
            }
            return JsonUtils.getJsonNodeFactory().booleanNode("true".equals(text));
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw wrongType(attribute);
        }
        return value.asText().isEmpty() ? null : TextNode.valueOf(value.asText());
    }

    /**
     * Looks at what is to be added or put in place: an object without a part that the schema knows would change nothing, and an entry of
     * emails without an address would take the addresses away.
     *
     * @throws ScimError for such a value
     */
    void requireKnownParts(Path path, JsonNode value) throws ScimError {
        AttributeSchema attribute = isExtension(path) ? extensions.get(lower(path.getSchemaUrn())) : find(path);
        if (attribute == null || attribute.getType() != DataType.COMPLEX) {
            return;
        }
        boolean emails = path.size() == 1
                && path.getElement(0).getValueFilter() == null
                && SCIMConstants.UserSchemaConstants.EMAILS_URI.equals(attribute.getURI());
        for (JsonNode each : value.isArray() ? value : Collections.singletonList(value)) {
            if (each.isObject() && !each.isEmpty() && unknown(attribute, each)) {
                throw ScimError.badRequest(
                        "invalidValue", "A value of " + attribute.getName() + " has none of its known parts.");
            }
            if (emails && each.isObject() && each.path("value").asText().isEmpty()) {
                throw ScimError.badRequest("invalidValue", "An entry of emails needs a value.");
            }
        }
    }

    private static boolean unknown(AttributeSchema attribute, JsonNode value) {
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            if (sub(attribute, lower(names.next())) != null) {
                return false;
            }
        }
        return true;
    }

    private static ScimError wrongType(AttributeSchema attribute) {
        return ScimError.badRequest(
                "invalidValue",
                "The value of " + attribute.getName() + " is not of the type "
                        + lower(attribute.getType().name()) + ".");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
