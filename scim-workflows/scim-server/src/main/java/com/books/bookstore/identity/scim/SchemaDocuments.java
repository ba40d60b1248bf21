package com.books.bookstore.identity.scim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMResourceTypeSchema;
import org.wso2.charon3.core.schema.SCIMSchemaDefinitions;

/** The documents of /Schemas (RFC 7643, section 7), from the schemas by which Charon validates. */
final class SchemaDocuments {

    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private final String baseUrl;

    SchemaDocuments(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String all() {
        List<JSONObject> schemas = Arrays.asList(user(), group());
        return new JSONObject().put("schemas", new JSONArray().put(LIST)).put("totalResults", schemas.size())
                .put("startIndex", 1).put("itemsPerPage", schemas.size()).put("Resources", new JSONArray(schemas))
                .toString();
    }

    /** @return the schema, or null */
    String one(String id) {
        return USER.equals(id) ? user().toString() : GROUP.equals(id) ? group().toString() : null;
    }

    private JSONObject user() {
        return schema(USER, "User", "User Account", SCIMSchemaDefinitions.SCIM_USER_SCHEMA);
    }

    private JSONObject group() {
        return schema(GROUP, "Group", "Group", SCIMSchemaDefinitions.SCIM_GROUP_SCHEMA);
    }

    private JSONObject schema(String id, String name, String description, SCIMResourceTypeSchema schema) {
        return new JSONObject().put("schemas", new JSONArray().put(SCHEMA)).put("id", id).put("name", name)
                .put("description", description).put("attributes", attributes(schema.getAttributesList()))
                .put("meta", new JSONObject().put("resourceType", "Schema").put("location",
                        baseUrl + "/Schemas/" + id));
    }

    private static JSONArray attributes(List<AttributeSchema> schemas) {
        JSONArray attributes = new JSONArray();
        for (AttributeSchema schema : schemas) {
            if (Arrays.asList("id", "externalId", "meta", "schemas").contains(schema.getName())) {
                // Common to all resources, and so part of no schema (RFC 7643, section 3.1).
                continue;
            }
            JSONObject attribute = new JSONObject().put("name", schema.getName())
                    .put("type", text(schema.getType())).put("multiValued", schema.getMultiValued())
                    .put("description", schema.getDescription()).put("required", schema.getRequired())
                    .put("caseExact", schema.getCaseExact()).put("mutability", camel(schema.getMutability()))
                    .put("returned", text(schema.getReturned())).put("uniqueness", text(schema.getUniqueness()));
            if (schema.getSubAttributeSchemas() != null && !schema.getSubAttributeSchemas().isEmpty()) {
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
            case "READ_ONLY": return "readOnly";
            case "WRITE_ONLY": return "writeOnly";
            case "IMMUTABLE": return "immutable";
            default: return "readWrite";
        }
    }
}
