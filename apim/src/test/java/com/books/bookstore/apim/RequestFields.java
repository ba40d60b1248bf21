package com.books.bookstore.apim;

import static com.books.bookstore.apim.Fields.BOOLEAN;
import static com.books.bookstore.apim.Fields.TEXT;
import static com.books.bookstore.apim.Fields.TEXTS;
import static com.books.bookstore.apim.Fields.all;
import static com.books.bookstore.apim.Fields.object;
import static com.books.bookstore.apim.Fields.oneOf;
import static com.books.bookstore.apim.Fields.text;

import com.books.bookstore.apim.Fields.Shape;
import java.util.Map;

/**
 * The bodies that publish.sh sends to API Manager's REST APIs. Unknown fields are ignored there without a word.
 *
 * <p>The fields are those of KeyManager in admin-api.yaml (v4), Scope in publisher-api.yaml (v4), and Application, ApplicationKeyMappingRequest and
 * Subscription in devportal-api.yaml (v3) of wso2/product-apim, which are the same at the tags v4.5.0, v4.6.0 and v4.7.0. The connector's own
 * properties are those that WSO2IS7KeyManager reads (wso2-extensions/apim-km-wso2is, 2.0.4 to 2.1.2), which takes {@code enable_roles_creation} only
 * as a boolean, and which reads {@code Authentication} from 2.0.8 on.
 */
final class RequestFields {

    private static final Shape CONNECTOR = object(
            Map.of(
                    "Authentication", oneOf("BasicAuth"),
                    "Username", TEXT,
                    "Password", TEXT,
                    "api_resource_management_endpoint", TEXT,
                    "is7_roles_endpoint", TEXT,
                    "enable_roles_creation", BOOLEAN,
                    "user_schema_cache_enabled", BOOLEAN),
            "Authentication",
            "Username",
            "Password",
            "api_resource_management_endpoint",
            "is7_roles_endpoint");

    static final Shape KEY_MANAGER = object(
            Map.ofEntries(
                    Map.entry("name", text(100)),
                    Map.entry("displayName", text(100)),
                    Map.entry("type", text(45)),
                    Map.entry("description", text(256)),
                    Map.entry("wellKnownEndpoint", TEXT),
                    Map.entry("introspectionEndpoint", TEXT),
                    Map.entry("clientRegistrationEndpoint", TEXT),
                    Map.entry("tokenEndpoint", TEXT),
                    Map.entry("displayTokenEndpoint", TEXT),
                    Map.entry("revokeEndpoint", TEXT),
                    Map.entry("displayRevokeEndpoint", TEXT),
                    Map.entry("userInfoEndpoint", TEXT),
                    Map.entry("authorizeEndpoint", TEXT),
                    Map.entry("scopeManagementEndpoint", TEXT),
                    Map.entry("issuer", TEXT),
                    Map.entry("alias", TEXT),
                    Map.entry("certificates", object(Map.of("type", oneOf("JWKS", "PEM"), "value", TEXT))),
                    Map.entry("availableGrantTypes", TEXTS),
                    Map.entry("enableTokenGeneration", BOOLEAN),
                    Map.entry("enableTokenEncryption", BOOLEAN),
                    Map.entry("enableTokenHashing", BOOLEAN),
                    Map.entry("enableMapOAuthConsumerApps", BOOLEAN),
                    Map.entry("enableOAuthAppCreation", BOOLEAN),
                    Map.entry("enableSelfValidationJWT", BOOLEAN),
                    Map.entry(
                            "claimMapping", list -> all(list, object(Map.of("remoteClaim", TEXT, "localClaim", TEXT)))),
                    Map.entry("consumerKeyClaim", TEXT),
                    Map.entry("scopesClaim", TEXT),
                    Map.entry("tokenValidation", list -> list.isArray() && list.isEmpty()),
                    Map.entry("enabled", BOOLEAN),
                    Map.entry("additionalProperties", CONNECTOR),
                    Map.entry(
                            "permissions",
                            object(Map.of("permissionType", oneOf("PUBLIC", "ALLOW", "DENY"), "roles", TEXTS))),
                    Map.entry("tokenType", oneOf("EXCHANGED", "DIRECT", "BOTH")),
                    Map.entry("allowedOrganizations", TEXTS)),
            "name",
            "type");

    static final Shape SCOPE = object(
            Map.of("name", text(255), "displayName", text(255), "description", text(512), "bindings", TEXTS), "name");

    static final Shape APPLICATION = object(
            Map.of(
                    "name", text(100),
                    "throttlingPolicy", text(255),
                    "description", text(512),
                    "tokenType", oneOf("OAUTH", "JWT"),
                    "groups", TEXTS,
                    "attributes", object(Map.of()),
                    "visibility", oneOf("PRIVATE", "SHARED_WITH_ORG")),
            "name",
            "throttlingPolicy");

    static final Shape KEY_MAPPING = object(
            Map.of(
                    "consumerKey", TEXT,
                    "consumerSecret", TEXT,
                    "keyManager", TEXT,
                    "keyType", oneOf("PRODUCTION", "SANDBOX")),
            "consumerKey",
            "keyType");

    static final Shape SUBSCRIPTION = object(
            Map.of(
                    "applicationId", TEXT,
                    "apiId", TEXT,
                    "throttlingPolicy", TEXT,
                    "requestedThrottlingPolicy", TEXT),
            "applicationId",
            "throttlingPolicy");

    /** By the last part of the address without an id. */
    static final Map<String, Shape> BY_RESOURCE = Map.of(
            "key-managers", KEY_MANAGER,
            "scopes", SCOPE,
            "applications", APPLICATION,
            "map-keys", KEY_MAPPING,
            "subscriptions", SUBSCRIPTION);

    private RequestFields() {}
}
