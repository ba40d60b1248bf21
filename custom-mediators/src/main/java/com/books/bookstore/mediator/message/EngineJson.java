package com.books.bookstore.mediator.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * The engine's own {@code JsonUtil}, which Micro Integrator and the embedded runtime have and plain Apache Synapse lacks. It is bound when
 * the first body is read or written, not when this class is compiled: Micro Integrator has moved classes of that package, so the jar must
 * not link to it. Thread-safe.
 */
final class EngineJson {

    private static final String CLASS_NAME = "org.apache.synapse.commons.json.JsonUtil";

    /** Where a message keeps the empty envelope that it was given here. */
    private static final String EMPTY_ENVELOPE = "bookstore.emptyEnvelope";

    static final EngineJson INSTANCE = new EngineJson();

    private final MethodHandle read;
    private final MethodHandle write;
    private final MethodHandle remove;

    private EngineJson() {
        Class<?> axis2 = MessageContext.class;
        try {
            Class<?> jsonUtil = Class.forName(CLASS_NAME, true, EngineJson.class.getClassLoader());
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            read = lookup.findStatic(jsonUtil, "jsonPayloadToByteArray", MethodType.methodType(byte[].class, axis2));
            write = lookup.findStatic(
                            jsonUtil,
                            "getNewJsonPayload",
                            MethodType.methodType(
                                    OMElement.class, axis2, InputStream.class, boolean.class, boolean.class))
                    .asType(MethodType.methodType(void.class, axis2, InputStream.class, boolean.class, boolean.class));
            remove = lookup.findStatic(jsonUtil, "removeJsonPayload", MethodType.methodType(boolean.class, axis2))
                    .asType(MethodType.methodType(void.class, axis2));
        } catch (ReflectiveOperationException e) {
            throw new SynapseException(
                    "This engine has no " + CLASS_NAME
                            + ". Deploy books.com on WSO2 Micro Integrator or on the embedded runtime",
                    e);
        }
    }

    byte[] read(MessageContext axis2) {
        try {
            return (byte[]) read.invokeExact(axis2);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    void write(MessageContext axis2, String json) {
        // First, because replacing malformed JSON fails.
        remove(axis2);
        // Bytes and not text: Micro Integrator would encode text with the charset of the machine.
        InputStream utf8 = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        try {
            write.invokeExact(axis2, utf8, true, true);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private void remove(MessageContext axis2) {
        try {
            remove.invokeExact(axis2);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Removes the whole body without looking into it: the engine would convert JSON to XML to remove it. */
    void discard(MessageContext axis2) {
        // A request's body is dropped at several places of a flow, and an envelope takes long to make.
        if (!isEmpty(axis2)) {
            SOAPEnvelope envelope = OMAbstractFactory.getSOAP12Factory().getDefaultEnvelope();
            try {
                axis2.setEnvelope(envelope);
            } catch (AxisFault e) {
                throw failure(e);
            }
            axis2.setProperty(EMPTY_ENVELOPE, envelope);
        }
        remove(axis2);
    }

    private static boolean isEmpty(MessageContext axis2) {
        Object empty = axis2.getProperty(EMPTY_ENVELOPE);
        return empty != null
                && empty == axis2.getEnvelope()
                && axis2.getEnvelope().getBody().getFirstOMChild() == null;
    }

    private static RuntimeException failure(Throwable e) {
        return EngineFailure.of("The engine's JSON support failed", e);
    }
}
