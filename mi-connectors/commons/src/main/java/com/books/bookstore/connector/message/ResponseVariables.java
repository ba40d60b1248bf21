package com.books.bookstore.connector.message;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * The response variables of Micro Integrator 4.4 and later. Its class {@code DefaultConnectorResponse}, the method {@code setVariable} and
 * the JSON library are bound when the connector is loaded: what is in the public registries to compile against is older. Thread-safe.
 */
final class ResponseVariables {

    private static final String RESPONSE = "org.apache.synapse.data.connector.DefaultConnectorResponse";
    private static final String JSON_PARSER = "com.google.gson.JsonParser";

    private final MethodHandle setVariable;
    private final MethodHandle newResponse;
    private final MethodHandle setPayload;
    private final MethodHandle headers;
    private final MethodHandle attributes;
    private final MethodHandle parseJson;

    private ResponseVariables(Class<?> messageType) throws ReflectiveOperationException {
        ClassLoader engine = messageType.getClassLoader();
        Class<?> responseType = Class.forName(RESPONSE, true, engine);
        Class<?> parser = Class.forName(JSON_PARSER, true, engine);
        Class<?> element = Class.forName("com.google.gson.JsonElement", true, engine);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        setVariable = lookup.findVirtual(
                messageType, "setVariable", MethodType.methodType(void.class, String.class, Object.class));
        newResponse = lookup.findConstructor(responseType, MethodType.methodType(void.class));
        setPayload = lookup.findVirtual(responseType, "setPayload", MethodType.methodType(void.class, Object.class));
        headers = lookup.findVirtual(responseType, "getHeaders", MethodType.methodType(Map.class));
        attributes = lookup.findVirtual(responseType, "getAttributes", MethodType.methodType(Map.class));
        parseJson = lookup.findStatic(parser, "parseString", MethodType.methodType(element, String.class));
    }

    /**
     * Binds what the engine has.
     *
     * @param messageType type of the engine's messages
     * @throws SynapseException if its messages have no variables
     */
    static ResponseVariables of(Class<?> messageType) {
        try {
            return new ResponseVariables(messageType);
        } catch (ReflectiveOperationException e) {
            throw new SynapseException(
                    "This engine has no variables: responseVariable needs Micro Integrator 4.4 or later", e);
        }
    }

    /**
     * Sets a variable as the engine expects it from a connector.
     *
     * @param json the payload, or null if the result is the body of the message
     */
    @SuppressWarnings("unchecked")
    void set(
            MessageContext message,
            String name,
            String json,
            Map<String, Object> newHeaders,
            Map<String, Object> newAttributes) {
        try {
            Object response = newResponse.invoke();
            if (json != null) {
                setPayload.invoke(response, parseJson.invoke(json));
            }
            ((Map<String, Object>) headers.invoke(response)).putAll(newHeaders);
            ((Map<String, Object>) attributes.invoke(response)).putAll(newAttributes);
            setVariable.invoke(message, name, response);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SynapseException("The engine does not accept the response variable " + name, e);
        }
    }
}
