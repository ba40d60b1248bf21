package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMDefinitions.DataType;
import org.wso2.charon3.core.schema.SCIMDefinitions.Mutability;

/**
 * The body of a PATCH (RFC 7644, section 3.5.2). Everything that can be wrong with it whatever the resource looks like is found when
 * it is read. Immutable.
 */
final class ResourcePatch {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final ResourceSchema schema;
    private final List<PatchOperation> operations;
    /** Read-only attributes that the client sends: allowed with the values that they have. */
    private final ObjectNode unchanged;

    private ResourcePatch(ResourceSchema schema, List<PatchOperation> operations, ObjectNode unchanged) {
        this.schema = schema;
        this.operations = operations;
        this.unchanged = unchanged;
    }

    static ResourcePatch of(JsonNode body, ResourceSchema schema) throws ScimError {
        if (!Messages.hasSchema(body, SCHEMA)) {
            throw ScimError.badRequest("invalidSyntax", "The body is not a " + SCHEMA + ".");
        }
        JsonNode sent = body.path("Operations");
        if (!sent.isArray() || sent.isEmpty()) {
            throw ScimError.badRequest("invalidSyntax", "There are no Operations.");
        }
        List<PatchOperation> operations = new ArrayList<>();
        ObjectNode unchanged = JsonUtils.getJsonNodeFactory().objectNode();
        for (JsonNode operation : sent) {
            read(operation, schema, operations, unchanged);
        }
        return new ResourcePatch(schema, operations, unchanged);
    }

    private static void read(
            JsonNode sent, ResourceSchema schema, List<PatchOperation> operations, ObjectNode unchanged)
            throws ScimError {
        PatchOpType type = type(sent.path("op"));
        JsonNode value = sent.path("value");
        if (sent.path("path").isMissingNode() || sent.path("path").isNull()) {
            readAll(type, value, schema, operations, unchanged);
        } else {
            readOne(type, sent.path("path").asText(), value, schema, operations, unchanged);
        }
    }

    /** Without a path, each member of the value is one change; its name may be a path, such as {@code name.givenName}. */
    private static void readAll(
            PatchOpType type,
            JsonNode value,
            ResourceSchema schema,
            List<PatchOperation> operations,
            ObjectNode unchanged)
            throws ScimError {
        if (type == PatchOpType.REMOVE) {
            throw ScimError.badRequest("noTarget", "To remove something, a path is needed.");
        }
        if (!value.isObject()) {
            throw ScimError.badRequest("invalidValue", "Without a path, the value is an object of attributes.");
        }
        ObjectNode plain = JsonUtils.getJsonNodeFactory().objectNode();
        for (Iterator<Map.Entry<String, JsonNode>> members = value.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            String name = member.getKey();
            if ("schemas".equalsIgnoreCase(name)) {
                continue;
            }
            Path path = schema.path(name);
            if (path.size() == 1 && path.getSchemaUrn() == null && !isReadOnly(path, schema)) {
                check(path, name, schema);
                schema.requireKnownParts(path, member.getValue());
                plain.set(name, member.getValue());
            } else {
                readOne(type, name, member.getValue(), schema, operations, unchanged);
            }
        }
        if (!plain.isEmpty()) {
            operations.add(create(type, null, plain));
        }
    }

    private static void readOne(
            PatchOpType type,
            String text,
            JsonNode value,
            ResourceSchema schema,
            List<PatchOperation> operations,
            ObjectNode unchanged)
            throws ScimError {
        Path path = schema.path(text);
        if (type != PatchOpType.REMOVE && path.size() == 1 && isReadOnly(path, schema) && !value.isMissingNode()) {
            unchanged.set(schema.find(path).getName(), value);
            return;
        }
        check(path, text, schema);
        boolean nothing = value.isMissingNode() || value.isNull();
        if (type == PatchOpType.REMOVE && !nothing && isWholeList(path, schema)) {
            for (JsonNode each : value.isArray() ? value : Collections.singletonList(value)) {
                operations.add(create(type, oneOf(text, each, schema), null));
            }
        } else if (type == PatchOpType.REMOVE || type == PatchOpType.REPLACE && value.isNull()) {
            operations.add(create(PatchOpType.REMOVE, path, null));
        } else if (nothing) {
            throw ScimError.badRequest("invalidValue", "To add or replace something, a value is needed.");
        } else {
            schema.requireKnownParts(path, value);
            operations.add(create(type, path, fitting(path, schema, value)));
        }
    }

    private static boolean isReadOnly(Path path, ResourceSchema schema) {
        AttributeSchema attribute = schema.find(path);
        return attribute != null && ResourceSchema.isReadOnly(attribute);
    }

    private static boolean isWholeList(Path path, ResourceSchema schema) {
        AttributeSchema attribute = schema.find(path);
        return attribute != null
                && attribute.getMultiValued()
                && attribute.getType() == DataType.COMPLEX
                && path.getElement(path.size() - 1).getValueFilter() == null;
    }

    /** What clients mean who remove a list with a value: only this entry of it, as in {@code members[value eq "..."]}. */
    private static Path oneOf(String list, JsonNode entry, ResourceSchema schema) throws ScimError {
        JsonNode value = entry.isObject() ? entry.path("value") : entry;
        if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
            throw ScimError.badRequest("invalidValue", "An entry to remove is named by its value.");
        }
        return schema.path(list + "[value eq " + TextNode.valueOf(value.asText()) + "]");
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
        for (Iterator<Map.Entry<String, JsonNode>> sent = unchanged.fields(); sent.hasNext(); ) {
            Map.Entry<String, JsonNode> attribute = sent.next();
            if (!attribute.getValue().equals(current.path(attribute.getKey()))) {
                throw ScimError.badRequest("mutability", attribute.getKey() + " can only be read.");
            }
        }
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
                if (!attribute.getCaseExact() && old.isTextual() && old.asText().equalsIgnoreCase(now.asText())) {
                    wanted.set(attribute.getName(), old);
                    continue;
                }
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
    @SuppressWarnings("ReferenceEquality") // Two values can be equal, and only one of them stays primary.
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
