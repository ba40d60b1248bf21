package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import org.wso2.charon3.core.protocol.SCIMResponse;

/** Reads and writes the JSON of SCIM. Names in what is read are found whatever the case of their letters. */
final class Messages {

    private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final ObjectReader READER =
            JsonUtils.createObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Messages() {}

    /** @throws ScimError when the text is not a JSON object */
    static ObjectNode read(String json) throws ScimError {
        try {
            JsonNode node = READER.readTree(json);
            if (node != null && node.isObject()) {
                return (ObjectNode) node;
            }
        } catch (JsonProcessingException malformed) {
            // Said below, without the text of the request.
        }
        throw ScimError.badRequest("invalidSyntax", "The body is not a JSON object.");
    }

    static ObjectNode object() {
        return JsonUtils.getJsonNodeFactory().objectNode();
    }

    static boolean hasSchema(JsonNode message, String urn) {
        for (JsonNode schema : message.path("schemas")) {
            if (urn.equalsIgnoreCase(schema.asText())) {
                return true;
            }
        }
        return false;
    }

    static ObjectNode error(int status, String type, String detail) {
        ObjectNode error = object();
        error.putArray("schemas").add(ERROR);
        error.put("status", String.valueOf(status)).put("detail", detail);
        if (type != null) {
            error.put("scimType", type);
        }
        return error;
    }

    /** What Charon refuses, with the scimType that RFC 7644, section 3.12, has for it: Charon begins some with a capital. */
    static ScimError refusal(SCIMResponse refused) throws ScimError {
        ObjectNode error = read(refused.getResponseMessage());
        String type = error.path("scimType").asText();
        if (type.isEmpty()) {
            type = refused.getResponseStatus() == 409 ? "uniqueness" : null;
        } else {
            type = Character.toLowerCase(type.charAt(0)) + type.substring(1);
        }
        return new ScimError(
                refused.getResponseStatus(), type, error.path("detail").asText());
    }
}
