package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.unboundid.scim2.common.utils.SchemaUtils;
import java.beans.IntrospectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.charon3.core.schema.AttributeSchema;

/** The documents of /Schemas and /ResourceTypes (RFC 7643, sections 6 and 7), from the schemas by which Charon validates. */
final class SchemaDocuments {

    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private final String baseUrl;
    private final ResourceSchema user;
    private final ResourceSchema group;

    SchemaDocuments(String baseUrl, ResourceSchema user, ResourceSchema group) {
        this.baseUrl = baseUrl;
        this.user = user;
        this.group = group;
    }

    /**
     * @param id URN of a schema, or null for all
     * @throws ScimError when there is no such schema
     */
    String of(String id) throws ScimError {
        List<JSONObject> schemas = all();
        if (id == null) {
            return new JSONObject()
                    .put("schemas", new JSONArray().put(LIST))
                    .put("totalResults", schemas.size())
                    .put("startIndex", 1)
                    .put("itemsPerPage", schemas.size())
                    .put("Resources", new JSONArray(schemas))
                    .toString();
        }
        for (JSONObject schema : schemas) {
            if (schema.getString("id").equalsIgnoreCase(id)) {
                return schema.toString();
            }
        }
        throw new ScimError(404, null, "There is no such schema.");
    }

    /**
     * @param all Charon's list of resource types
     * @param id  id of one of them, or null for all
     * @throws ScimError when there is no such resource type
     */
    ObjectNode resourceTypes(ObjectNode all, String id) throws ScimError {
        for (JsonNode type : all.path("Resources")) {
            ArrayNode extensions = ((ObjectNode) type).putArray("schemaExtensions");
            if ("User".equals(type.path("id").asText())) {
                extensions.addObject().put("schema", ResourceSchema.ENTERPRISE).put("required", false);
            }
            if (type.path("id").asText().equals(id)) {
                return (ObjectNode) type;
            }
        }
        if (id != null) {
            throw new ScimError(404, null, "There is no such resource type.");
        }
        all.put("startIndex", 1).put("itemsPerPage", all.path("Resources").size());
        return all;
    }

    private List<JSONObject> all() {
        List<JSONObject> schemas = new ArrayList<>(Arrays.asList(user(), group(), enterprise()));
        for (Class<?> described :
                Arrays.asList(ServiceProviderConfigResource.class, ResourceTypeResource.class, SchemaResource.class)) {
            schemas.add(described(described));
        }
        return schemas;
    }

    /** The schemas in which a server describes itself (RFC 7643, section 8.7.2), which Charon lacks. */
    private JSONObject described(Class<?> type) {
        try {
            JSONObject schema = new JSONObject(
                    JsonUtils.valueToNode(SchemaUtils.getSchema(type)).toString());
            return schema.put("schemas", new JSONArray().put(SCHEMA)).put("meta", meta(schema.getString("id")));
        } catch (IntrospectionException notAClassOfTheLibrary) {
            throw new IllegalStateException(notAClassOfTheLibrary);
        }
    }

    private JSONObject meta(String id) {
        return new JSONObject().put("resourceType", "Schema").put("location", baseUrl + "/Schemas/" + id);
    }

    private JSONObject user() {
        return schema(user.urn(), "User", "User Account", user.core());
    }

    private JSONObject group() {
        return schema(group.urn(), "Group", "Group", group.core());
    }

    private JSONObject enterprise() {
        return schema(ResourceSchema.ENTERPRISE, "EnterpriseUser", "Enterprise User", user.enterprise());
    }

    private JSONObject schema(String id, String name, String description, List<AttributeSchema> attributes) {
        return new JSONObject()
                .put("schemas", new JSONArray().put(SCHEMA))
                .put("id", id)
                .put("name", name)
                .put("description", description)
                .put("attributes", attributes(attributes))
                .put("meta", meta(id));
    }

    private static JSONArray attributes(List<AttributeSchema> schemas) {
        JSONArray attributes = new JSONArray();
        for (AttributeSchema schema : schemas) {
            JSONObject attribute = new JSONObject()
                    .put("name", schema.getName())
                    .put("type", text(schema.getType()))
                    .put("multiValued", schema.getMultiValued())
                    .put("description", schema.getDescription())
                    .put("required", schema.getRequired())
                    .put("caseExact", schema.getCaseExact())
                    .put("mutability", camel(ResourceSchema.mutability(schema)))
                    .put("returned", text(schema.getReturned()))
                    .put("uniqueness", text(ResourceSchema.uniqueness(schema)));
            if (schema.getCanonicalValues() != null
                    && !schema.getCanonicalValues().isEmpty()) {
                attribute.put("canonicalValues", schema.getCanonicalValues());
            }
            if (schema.getSubAttributeSchemas() != null
                    && !schema.getSubAttributeSchemas().isEmpty()) {
                attribute.put("subAttributes", attributes(schema.getSubAttributeSchemas()));
            }
            attributes.put(attribute);
        }
        return attributes;
    }

    private static String text(Enum<?> value) {
        return value == null ? "none" : value.name().toLowerCase(Locale.ROOT).replace("date_time", "dateTime");
    }

    private static String camel(Enum<?> value) {
        switch (value.name()) {
            case "READ_ONLY":
                return "readOnly";
            case "WRITE_ONLY":
                return "writeOnly";
            case "IMMUTABLE":
                return "immutable";
            default:
                return "readWrite";
        }
    }
}
