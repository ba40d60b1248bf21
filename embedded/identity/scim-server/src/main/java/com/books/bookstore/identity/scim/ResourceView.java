package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMDefinitions.Returned;

/**
 * What a client gets to see of a resource: its schemas, its version (RFC 7644, section 3.14) and the attributes asked for
 * (section 3.9). Immutable.
 */
final class ResourceView {

    private static final int VERSION_LENGTH = 16;

    private final ResourceSchema schema;
    private final List<Path> attributes;
    private final List<Path> excluded;

    private ResourceView(ResourceSchema schema, List<Path> attributes, List<Path> excluded) {
        this.schema = schema;
        this.attributes = attributes;
        this.excluded = excluded;
    }

    /** @param attributes names with commas in between, or null for the usual ones */
    static ResourceView of(ResourceSchema schema, String attributes, String excluded) {
        return new ResourceView(schema, paths(schema, attributes), paths(schema, excluded));
    }

    private static List<Path> paths(ResourceSchema schema, String names) {
        List<Path> paths = new ArrayList<>();
        for (String name : names == null ? new String[0] : names.split(",")) {
            try {
                if (!name.trim().isEmpty()) {
                    paths.add(schema.path(name));
                }
            } catch (ScimError nothing) {
                // What cannot be a name is the name of no attribute.
            }
        }
        return paths;
    }

    /** The resource as Charon writes it, with the schemas that it really uses, and a version of its content. */
    static ObjectNode complete(ObjectNode charon, ResourceSchema schema) {
        ObjectNode resource = Messages.object();
        ArrayNode schemas = resource.putArray("schemas").add(schema.urn());
        if (!schema.enterprise().isEmpty()
                && charon.path(ResourceSchema.ENTERPRISE).isObject()) {
            schemas.add(ResourceSchema.ENTERPRISE);
        }
        charon.remove("schemas");
        resource.setAll(charon);
        if (resource.path("meta").isObject()) {
            ((ObjectNode) resource.path("meta")).put("version", version(resource));
        }
        return resource;
    }

    private static String version(ObjectNode resource) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(resource.toString().getBytes(StandardCharsets.UTF_8));
            StringBuilder version = new StringBuilder();
            for (byte b : digest) {
                version.append(String.format(Locale.ROOT, "%02x", b));
            }
            return "W/\"" + version.substring(0, VERSION_LENGTH) + "\"";
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Whether one of the tags of an If-Match or If-None-Match header names the version. */
    static boolean matches(String header, ObjectNode resource) {
        String version = resource.at("/meta/version").asText();
        return "*".equals(header.trim())
                || Arrays.stream(header.split(","))
                        .map(String::trim)
                        .anyMatch(tag -> weak(tag).equals(weak(version)));
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** @param resource all of it; not changed */
    ObjectNode of(ObjectNode resource) {
        if (attributes.isEmpty() && excluded.isEmpty()) {
            return resource;
        }
        ObjectNode seen = Messages.object();
        for (Iterator<Map.Entry<String, JsonNode>> fields = resource.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = "schemas".equals(field.getKey()) || isAlwaysReturned(field.getKey())
                    ? field.getValue()
                    : ResourceSchema.ENTERPRISE.equals(field.getKey())
                            ? extension(field.getKey(), field.getValue())
                            : part(null, field.getKey(), field.getValue());
            if (value != null) {
                seen.set(field.getKey(), value);
            }
        }
        return seen;
    }

    private boolean isAlwaysReturned(String name) {
        AttributeSchema attribute = schema.find(Path.root().attribute(name));
        return attribute != null && attribute.getReturned() == Returned.ALWAYS;
    }

    private JsonNode extension(String urn, JsonNode value) {
        boolean asked =
                attributes.stream().anyMatch(path -> urn.equalsIgnoreCase(path.getSchemaUrn()) && path.isRoot());
        if (excluded.stream().anyMatch(path -> urn.equalsIgnoreCase(path.getSchemaUrn()) && path.isRoot())) {
            return null;
        }
        ObjectNode seen = Messages.object();
        for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode part = asked ? field.getValue() : part(urn, field.getKey(), field.getValue());
            if (part != null) {
                seen.set(field.getKey(), part);
            }
        }
        return seen.isEmpty() ? null : seen;
    }

    private JsonNode part(String urn, String name, JsonNode value) {
        List<Path> chosen = of(attributes, urn, name);
        if (!attributes.isEmpty()) {
            return chosen.isEmpty()
                    ? null
                    : chosen.stream().anyMatch(path -> path.size() == 1) ? value : subAttributes(value, chosen, true);
        }
        List<Path> left = of(excluded, urn, name);
        return left.stream().anyMatch(path -> path.size() == 1) ? null : subAttributes(value, left, false);
    }

    private static List<Path> of(List<Path> paths, String urn, String name) {
        List<Path> found = new ArrayList<>();
        for (Path path : paths) {
            if (path.size() > 0
                    && String.valueOf(urn).equalsIgnoreCase(String.valueOf(path.getSchemaUrn()))
                    && path.getElement(0).getAttribute().equalsIgnoreCase(name)) {
                found.add(path);
            }
        }
        return found;
    }

    private static JsonNode subAttributes(JsonNode value, List<Path> paths, boolean kept) {
        if (paths.isEmpty()) {
            return value;
        }
        List<String> names = new ArrayList<>();
        paths.forEach(path -> names.add(path.getElement(1).getAttribute().toLowerCase(Locale.ROOT)));
        JsonNode seen = value.deepCopy();
        for (JsonNode each : seen.isArray() ? seen : List.of(seen)) {
            for (Iterator<String> fields = each.fieldNames(); fields.hasNext(); ) {
                if (names.contains(fields.next().toLowerCase(Locale.ROOT)) != kept) {
                    fields.remove();
                }
            }
        }
        return seen;
    }
}
