package com.books.bookstore.runtime.dataservice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.sql.DataSource;
import javax.xml.stream.XMLStreamWriter;

/**
 * The data-services engine behind the border of its class loader, whose parent is the platform's: no class of the
 * application can be seen from inside, and nothing but JDK types crosses. The calls go through method handles bound
 * once, so that a call costs no reflection.
 */
final class IsolatedEngine implements AutoCloseable {

    private static final String BRIDGE = "com.books.bookstore.runtime.dataservice.bridge.EngineBridge";

    private final URLClassLoader loader;
    private final MethodHandle deploy;
    private final MethodHandle undeploy;
    private final MethodHandle jsonMappingProblem;
    private final MethodHandle hasOperation;
    private final MethodHandle call;
    private final MethodHandle callBox;

    /**
     * @param cache where the engine's jars are unpacked
     * @param dataSources finds a pool by the name that a deployed definition gives it
     * @param log receives logger name and message of what the engine wants to say
     */
    IsolatedEngine(Path cache, Function<String, DataSource> dataSources, BiConsumer<String, String> log) {
        loader = new URLClassLoader(
                "dataservices-engine",
                urls(EngineArchive.fromClassPath(cache).jars()),
                ClassLoader.getPlatformClassLoader());
        try {
            Object bridge = start(dataSources, log);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            deploy = lookup.bind(bridge, "deploy", MethodType.methodType(void.class, String.class, String.class));
            undeploy = lookup.bind(bridge, "undeploy", MethodType.methodType(void.class, String.class));
            jsonMappingProblem =
                    lookup.bind(bridge, "jsonMappingProblem", MethodType.methodType(String.class, String.class));
            hasOperation = lookup.bind(
                    bridge, "hasOperation", MethodType.methodType(boolean.class, String.class, String.class));
            call = lookup.bind(
                    bridge,
                    "call",
                    MethodType.methodType(boolean.class, String.class, String.class, Map.class, XMLStreamWriter.class));
            callBox = lookup.bind(
                    bridge,
                    "callBox",
                    MethodType.methodType(boolean.class, String.class, List.class, XMLStreamWriter.class));
        } catch (ReflectiveOperationException failure) {
            close();
            throw new IllegalStateException("The data-services engine cannot be started", failure);
        }
    }

    void deploy(String definition, String location) throws SQLException {
        try {
            deploy.invokeExact(definition, location);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    void undeploy(String service) {
        try {
            undeploy.invokeExact(service);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** What is wrong with a JSON result mapping, or null. */
    String jsonMappingProblem(String mapping) {
        try {
            return (String) jsonMappingProblem.invokeExact(mapping);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    boolean hasOperation(String service, String operation) {
        try {
            return (boolean) hasOperation.invokeExact(service, operation);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Writes the result; false when there is none. */
    boolean call(String service, String operation, Map<String, String> parameters, XMLStreamWriter result)
            throws SQLException {
        try {
            return (boolean) call.invokeExact(service, operation, parameters, result);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /** Writes the result; false when there is none. */
    boolean callBox(String service, List<Map.Entry<String, Map<String, String>>> calls, XMLStreamWriter result)
            throws SQLException {
        try {
            return (boolean) callBox.invokeExact(service, calls, result);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the object inside. While it starts, the engine finds its XML parser by the context class loader. */
    private Object start(Function<String, DataSource> dataSources, BiConsumer<String, String> log)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader outside = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return loader.loadClass(BRIDGE)
                    .getConstructor(Function.class, BiConsumer.class)
                    .newInstance(dataSources, log);
        } finally {
            thread.setContextClassLoader(outside);
        }
    }

    private static RuntimeException rethrown(Throwable failure) throws SQLException {
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        return unexpected(failure);
    }

    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static URL[] urls(List<Path> jars) {
        return jars.stream()
                .map(jar -> {
                    try {
                        return jar.toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toArray(URL[]::new);
    }
}
