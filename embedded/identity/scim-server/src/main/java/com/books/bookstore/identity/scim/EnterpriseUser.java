package com.books.bookstore.identity.scim;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.charon3.core.config.SCIMSystemSchemaExtensionBuilder;
import org.wso2.charon3.core.config.SCIMUserSchemaExtensionBuilder;
import org.wso2.charon3.core.exceptions.CharonException;
import org.wso2.charon3.core.exceptions.InternalErrorException;
import org.wso2.charon3.core.schema.SCIMConstants;

/** Teaches Charon the enterprise extension (RFC 7643, section 4.3), in the form of Identity Server's own configuration of it. */
final class EnterpriseUser {

    private static final String URN = SCIMConstants.ENTERPRISE_USER_SCHEMA_URI;

    private EnterpriseUser() {}

    static void register() throws CharonException, InternalErrorException {
        JSONArray attributes = new JSONArray();
        for (String name : new String[] {"employeeNumber", "costCenter", "organization", "division", "department"}) {
            attributes.put(attribute(URN + ":" + name, name, "string", "readWrite", "null"));
        }
        attributes
                .put(attribute(URN + ":manager.value", "value", "string", "readWrite", "null"))
                .put(attribute(URN + ":manager.$ref", "$ref", "reference", "readWrite", "null"))
                .put(attribute(URN + ":manager.displayName", "displayName", "string", "readOnly", "null"))
                .put(attribute(URN + ":manager", "manager", "complex", "readWrite", "value $ref displayName"))
                .put(attribute(
                        URN,
                        URN,
                        "complex",
                        "readWrite",
                        "employeeNumber costCenter organization division department manager"));
        SCIMUserSchemaExtensionBuilder.getInstance().buildUserSchemaExtension(stream(attributes));
        // Charon takes the enterprise extension only together with WSO2's own, of which this server has nothing to
        // tell.
        String system = SCIMConstants.SYSTEM_USER_SCHEMA_URI;
        SCIMSystemSchemaExtensionBuilder.getInstance()
                .buildSystemSchemaExtension(stream(new JSONArray()
                        .put(attribute(system + ":userSource", "userSource", "string", "readOnly", "null"))
                        .put(attribute(system, system, "complex", "readOnly", "userSource"))));
    }

    private static JSONObject attribute(String uri, String name, String type, String mutability, String parts) {
        return new JSONObject()
                .put("attributeURI", uri)
                .put("attributeName", name)
                .put("dataType", type)
                .put("multiValued", "false")
                .put("description", name)
                .put("required", "false")
                .put("caseExact", "false")
                .put("mutability", mutability)
                .put("returned", "default")
                .put("uniqueness", "none")
                .put("subAttributes", parts)
                .put("canonicalValues", new JSONArray())
                .put("referenceTypes", new JSONArray());
    }

    private static InputStream stream(JSONArray attributes) {
        return new ByteArrayInputStream(attributes.toString().getBytes(StandardCharsets.UTF_8));
    }
}
