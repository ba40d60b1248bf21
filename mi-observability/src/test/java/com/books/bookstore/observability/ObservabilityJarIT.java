package com.books.bookstore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.jar.JarFile;
import org.apache.synapse.AbstractExtendedSynapseHandler;
import org.apache.synapse.SynapseHandler;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.junit.jupiter.api.Test;

/** The jar for Micro Integrator: all it needs is in it, and nothing in it can meet the server's own libraries. */
class ObservabilityJarIT {

    private final File file = new File(System.getProperty("observability.jar"));

    @Test
    void holdsNothingButOurPackage() throws IOException {
        try (JarFile jar = new JarFile(file)) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("com/books/bookstore/observability/"));
        }
    }

    @Test
    void runsWithTheServersClassesAlone() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {file.toURI().toURL()}, new EngineOnly())) {
            AbstractExtendedSynapseHandler handler =
                    (AbstractExtendedSynapseHandler) loader.loadClass(ObservabilityHandler.class.getName())
                            .getConstructor()
                            .newInstance();
            handler.getClass().getMethod("setPort", String.class).invoke(handler, "0");
            handler.handleServerInit();
            try {
                Axis2MessageContext message =
                        new Axis2MessageContext(new org.apache.axis2.context.MessageContext(), null, null);
                handler.handleRequestInFlow(message);
                handler.handleResponseOutFlow(message);
                Object port = handler.getClass().getMethod("metricsPort").invoke(handler);
                String metrics = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                assertThat(metrics)
                        .contains("bookstore_http_requests_seconds_count{api=\"none\"")
                        .contains("jvm_threads_live_threads");
            } finally {
                handler.handleServerShutDown();
            }
        }
    }

    /** Synapse, Axis2 and logging, and the JDK. */
    private static final class EngineOnly extends ClassLoader {

        EngineOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.") || name.startsWith("org.slf4j.")) {
                return SynapseHandler.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
