package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMDefinitions.Mutability;

/**
 * The body of a PATCH (RFC 7644, section 3.5.2). Everything that can be wrong with it whatever the resource looks like is found when
 * it is read. Immutable.
 */
final class ResourcePatch {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final ResourceSchema schema;
    private final List<PatchOperation> operations;

    private ResourcePatch(ResourceSchema schema, List<PatchOperation> operations) {
        this.schema = schema;
        this.operations = operations;
    }

    static ResourcePatch of(JsonNode body, ResourceSchema schema) throws ScimError {
        if (!Messages.hasSchema(body, SCHEMA)) {
            throw ScimError.badRequest("invalidSyntax", "The body is no " + SCHEMA + ".");
        }
        JsonNode sent = body.path("Operations");
        if (!sent.isArray() || sent.isEmpty()) {
            throw ScimError.badRequest("invalidSyntax", "There are no Operations.");
        }
        List<PatchOperation> operations = new ArrayList<>();
        for (JsonNode operation : sent) {
            operations.add(operation(operation, schema));
        }
        return new ResourcePatch(schema, operations);
    }

    private static PatchOperation operation(JsonNode sent, ResourceSchema schema) throws ScimError {
        PatchOpType type = type(sent.path("op"));
        JsonNode value = sent.path("value");
        Path path = path(sent.path("path"), schema);
        if (path == null) {
            if (type == PatchOpType.REMOVE) {
                throw ScimError.badRequest("noTarget", "To remove something, a path is needed.");
            }
            if (!value.isObject()) {
                throw ScimError.badRequest("invalidValue", "Without a path, the value is an object of attributes.");
            }
            for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!"schemas".equalsIgnoreCase(name)) {
                    check(parse(name, schema), name, schema);
                }
            }
            return create(type, null, value);
        }
        if (type == PatchOpType.REMOVE || type == PatchOpType.REPLACE && value.isNull()) {
            return create(PatchOpType.REMOVE, path, null);
        }
        if (value.isMissingNode() || value.isNull()) {
            throw ScimError.badRequest("invalidValue", "To add or replace something, a value is needed.");
        }
        return create(type, path, fitting(path, schema, value));
    }

    private static PatchOpType type(JsonNode op) throws ScimError {
        switch (op.asText().toLowerCase(Locale.ROOT)) {
            case "add":
                return PatchOpType.ADD;
            case "remove":
                return PatchOpType.REMOVE;
            case "replace":
                return PatchOpType.REPLACE;
            default:
                throw ScimError.badRequest("invalidSyntax", "op is one of add, remove and replace.");
        }
    }

    /** @return null when there is none */
    private static Path path(JsonNode sent, ResourceSchema schema) throws ScimError {
        if (sent.isMissingNode() || sent.isNull()) {
            return null;
        }
        Path path = parse(sent.asText(), schema);
        check(path, sent.asText(), schema);
        return path;
    }

    private static Path parse(String text, ResourceSchema schema) throws ScimError {
        try {
            return Path.fromString(schema.withoutCoreUrn(text));
        } catch (ScimException malformed) {
            throw ScimError.badRequest("invalidPath", "The path " + text + " is malformed.");
        }
    }

    private static void check(Path path, String text, ResourceSchema schema) throws ScimError {
        if (schema.isExtension(path)) {
            return;
        }
        AttributeSchema attribute = schema.find(path);
        if (attribute == null) {
            throw ScimError.badRequest("invalidPath", "There is no attribute " + text + ".");
        }
        if (ResourceSchema.isReadOnly(attribute) || ResourceSchema.isReadOnly(schema.find(path.subPath(1)))) {
            throw ScimError.badRequest("mutability", text + " can only be read.");
        }
    }

    /** A single value for a multi-valued attribute counts as a list of one, and a list of one for a value chosen by a filter as the value. */
    private static JsonNode fitting(Path path, ResourceSchema schema, JsonNode value) {
        AttributeSchema attribute = schema.find(path);
        if (attribute == null || !attribute.getMultiValued()) {
            return value;
        }
        if (path.getElement(path.size() - 1).getValueFilter() != null) {
            return value.isArray() && value.size() == 1 ? value.get(0) : value;
        }
        return value.isArray()
                ? value
                : JsonUtils.getJsonNodeFactory().arrayNode().add(value);
    }

    private static PatchOperation create(PatchOpType type, Path path, JsonNode value) throws ScimError {
        try {
            return PatchOperation.create(type, path, value);
        } catch (IllegalArgumentException wrong) {
            throw ScimError.badRequest("invalidValue", "The value does not fit the path.");
        }
    }

    /**
     * Carries the operations out, all or none of them.
     *
     * @param current the whole resource; not changed
     * @return the resource as it is to be, without what only the server sets
     */
    ObjectNode applyTo(ObjectNode current) throws ScimError {
        ObjectNode patched = current.deepCopy();
        for (PatchOperation operation : operations) {
            ObjectNode before = patched.deepCopy();
            try {
                apply(operation, patched);
            } catch (ScimException refused) {
                throw new ScimError(
                        refused.getScimError().getStatus(),
                        refused.getScimError().getScimType(),
                        refused.getScimError().getDetail());
            }
            keepOnePrimary(before, patched);
        }
        ObjectNode wanted = schema.normalize(patched);
        for (AttributeSchema attribute : schema.core()) {
            JsonNode old = current.path(attribute.getName());
            JsonNode now = wanted.path(attribute.getName());
            if (attribute.getRequired() && now.isMissingNode()) {
                throw ScimError.badRequest("mutability", attribute.getName() + " is required.");
            }
            if (ResourceSchema.mutability(attribute) == Mutability.IMMUTABLE
                    && !old.isMissingNode()
                    && !old.equals(now)) {
                throw ScimError.badRequest("mutability", attribute.getName() + " cannot be changed.");
            }
        }
        return wanted;
    }

    /**
     * Two things the library does otherwise than section 3.5.2.1 has it: to add by a filter takes no value in place of one that is there,
     * and to add a value that is there already adds it once more.
     */
    private void apply(PatchOperation operation, ObjectNode resource) throws ScimException, ScimError {
        Path path = operation.getPath();
        if (operation.getOpType() != PatchOpType.ADD || path == null || path.isRoot()) {
            operation.apply(resource);
        } else if (path.size() > 1
                && path.getElement(0).getValueFilter() != null
                && JsonUtils.pathExists(path.subPath(1), resource)) {
            JsonUtils.addValue(path, resource, operation.getJsonNode());
        } else if (path.size() == 1
                && path.getSchemaUrn() == null
                && operation.getJsonNode().isArray()) {
            ArrayNode added = JsonUtils.getJsonNodeFactory().arrayNode();
            String name = schema.find(path).getName();
            JsonNode present = resource.path(name);
            for (JsonNode value : schema.normalize(Messages.object().set(name, operation.getJsonNode()))
                    .path(name)) {
                if (!contains(present, value)) {
                    added.add(value);
                }
            }
            if (!added.isEmpty()) {
                PatchOperation.create(PatchOpType.ADD, path, added).apply(resource);
            }
        } else {
            operation.apply(resource);
        }
    }

    /** The value that becomes the primary one takes that from the others (RFC 7644, section 3.5.2). */
    private static void keepOnePrimary(ObjectNode before, ObjectNode after) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = after.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!field.getValue().isArray()
                    || primaries((ArrayNode) field.getValue()).size() < 2) {
                continue;
            }
            List<ObjectNode> primaries = primaries((ArrayNode) field.getValue());
            ObjectNode kept = primaries.get(primaries.size() - 1);
            for (ObjectNode primary : primaries) {
                if (!hasPrimary(before.path(field.getKey()), primary)) {
                    kept = primary;
                }
            }
            for (ObjectNode primary : primaries) {
                if (primary != kept) {
                    primary.put("primary", false);
                }
            }
        }
    }

    private static boolean hasPrimary(JsonNode list, ObjectNode value) {
        return list.isArray() && primaries((ArrayNode) list).contains(value);
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (plain(each).equals(plain(value))) {
                return true;
            }
        }
        return false;
    }

    /** Without what says no more than if it were not there. */
    private static JsonNode plain(JsonNode value) {
        JsonNode plain = value.deepCopy();
        if (plain.isObject()) {
            ((ObjectNode) plain).retain(used(plain));
        }
        return plain;
    }

    private static List<String> used(JsonNode value) {
        List<String> used = new ArrayList<>();
        value.fields().forEachRemaining(field -> {
            boolean unused = field.getValue().isNull()
                    || "primary".equalsIgnoreCase(field.getKey())
                            && !field.getValue().asBoolean();
            if (!unused) {
                used.add(field.getKey());
            }
        });
        return used;
    }

    private static List<ObjectNode> primaries(ArrayNode values) {
        List<ObjectNode> primaries = new ArrayList<>();
        for (JsonNode value : values) {
            if (value.isObject() && value.path("primary").asBoolean()) {
                primaries.add((ObjectNode) value);
            }
        }
        return primaries;
    }
}
