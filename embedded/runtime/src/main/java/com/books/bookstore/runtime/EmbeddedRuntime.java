package com.books.bookstore.runtime;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.car.CarDeployer;
import com.books.bookstore.runtime.car.CarSource;
import com.books.bookstore.runtime.dataservice.ConnectionSettings;
import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.dataservice.PooledDataSources;
import com.books.bookstore.runtime.engine.FlowLog;
import com.books.bookstore.runtime.engine.SynapseEngine;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.HttpOptions;
import com.books.bookstore.runtime.http.TrustedProxy;
import com.books.bookstore.runtime.mail.MailTransport;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Micro Integrator CARs in this JVM and serves their APIs over HTTP.
 *
 * <pre>{@code
 * try (EmbeddedRuntime runtime = EmbeddedRuntime.builder().car(Path.of("shop_1.0.0.car")).start()) {
 *     client.send(HttpRequest.newBuilder(runtime.baseUri().resolve("/shop/items")).build(), ..);
 * }
 * }</pre>
 *
 * <p>Several runtimes can run in one JVM, but they share the system properties that configure data services and mediators. Each runtime sets
 * its own while it starts, under a lock, so that values read during deployment are right; a mediator that reads a property later gets the
 * value of the runtime that was started last.
 *
 * <p>Thread-safe once started.
 */
public final class EmbeddedRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRuntime.class);

    private final List<AutoCloseable> parts;
    private final HttpFrontEnd http;
    private final SynapseEngine engine;

    private EmbeddedRuntime(List<AutoCloseable> parts, HttpFrontEnd http, SynapseEngine engine) {
        this.parts = parts;
        this.http = http;
        this.engine = engine;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where clients on this machine reach the APIs, for example {@code http://localhost:8290}. */
    public URI baseUri() {
        return http.baseUri();
    }

    public int port() {
        return http.port();
    }

    /**
     * Runs a named sequence without a request, as a unit test does: no fault sequence handles what fails.
     *
     * @param preparation sets body and properties of the message
     * @return the message as the sequence left it, or empty if it ended with {@code <respond/>} or {@code <drop/>}
     * @throws org.apache.synapse.SynapseException if the sequence fails
     */
    public Optional<MessageContext> mediate(String sequence, Consumer<MessageContext> preparation) {
        return engine.mediate(sequence, preparation);
    }

    /** The contexts of the deployed APIs. */
    public List<String> apiContexts() {
        return engine.apiContexts();
    }

    /** Lets requests in flight end, then stops everything. Data sources that the caller brought stay open. */
    @Override
    public void close() {
        closeAll(parts);
    }

    /** The last one opened is closed first. */
    private static void closeAll(List<AutoCloseable> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) {
                LOG.warn("Did not stop cleanly: {}", e.toString());
            }
        }
    }

    /** Collects what a runtime is started with. Not thread-safe. */
    public static final class Builder {

        private final List<CarSource> cars = new ArrayList<>();
        private final Map<String, URI> endpoints = new LinkedHashMap<>();
        private final List<Consumer<FlowLog.Entry>> logListeners = new ArrayList<>();
        private Consumer<HandledRequest> requestListener;
        private boolean checkingReferences = true;
        private final Map<String, String> systemProperties = new LinkedHashMap<>();
        private final Map<String, DataSource> dataSources = new HashMap<>();
        private final List<Consumer<DataServiceEngine>> redirections = new ArrayList<>();
        private final List<SynapseHandler> handlers = new ArrayList<>();
        private Consumer<String> deployed = car -> {};
        private Supplier<Optional<SmtpSettings>> smtp = Optional::empty;
        private String problemTypes = "";
        private Path cacheDirectory = Path.of(System.getProperty("user.home"), ".cache", "mi-embedded-runtime");
        private String host = "localhost";
        private int httpPort;
        private String correlationHeader = "";
        private TrustedProxy trustedProxy;
        private int maxThreads = 64;
        private int maxBodyBytes = 1024 * 1024;

        private Builder() {}

        /** Adds a CAR. CARs are deployed in the order of their dependencies, else alphabetically. */
        public Builder car(Path car) {
            cars.add(CarSource.car(car));
            return this;
        }

        public Builder cars(Collection<Path> newCars) {
            newCars.forEach(this::car);
            return this;
        }

        /**
         * Adds an MI project as it lies in its folder, without packing it: the artifacts in {@code src/main/wso2mi}, and the classes in {@code
         * target/classes}.
         *
         * @param mediators jars and folders with the classes of mediators that are not the project's own
         */
        public Builder project(Path folder, Path... mediators) {
            cars.add(new CarSource(folder, List.of(), List.of(mediators)));
            return this;
        }

        /**
         * Adds some artifacts and connectors (zip) of a project, wherever they lie in its folder.
         *
         * @param mediators as in {@link #project}
         */
        public Builder projectFiles(Path folder, List<Path> files, List<Path> mediators) {
            cars.add(new CarSource(folder, files, mediators));
            return this;
        }

        /**
         * Sends the calls of a named endpoint to another server.
         *
         * @param origin scheme, host and port; path and query stay those of the endpoint
         */
        public Builder endpoint(String name, URI origin) {
            endpoints.put(name, origin);
            return this;
        }

        /** Told each line that a flow writes with {@code <log>}, on the flow's thread. */
        public Builder onLog(Consumer<FlowLog.Entry> listener) {
            logListeners.add(listener);
            return this;
        }

        /** Told each request and its answer, before the answer is sent. */
        public Builder onRequest(Consumer<HandledRequest> listener) {
            requestListener = listener;
            return this;
        }

        /**
         * Deploys also what refers to sequences, templates, endpoints and data services that do not exist; as on Micro Integrator, only a message
         * that gets there fails. For tests that deploy a part of a project.
         */
        public Builder withoutReferenceCheck() {
            checkingReferences = false;
            return this;
        }

        /** The port of the APIs; 0, the default, for any free one. */
        public Builder httpPort(int port) {
            httpPort = port;
            return this;
        }

        /** The address to listen at; by default only this machine reaches the APIs. Use {@code 0.0.0.0} for all addresses. */
        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /** How many requests are handled at the same time, 64 by default. */
        public Builder maxThreads(int threads) {
            maxThreads = threads;
            return this;
        }

        /** Larger request bodies are answered with 413; 1 MiB by default. */
        public Builder maxBodyBytes(int bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        /**
         * Sets a system property before the CARs are deployed, for {@code $SYSTEM:NAME} in data services and for mediators. The previous
         * value is restored when the runtime is closed.
         */
        public Builder systemProperty(String name, String value) {
            systemProperties.put(name, value);
            return this;
        }

        public Builder systemProperties(Map<String, String> properties) {
            systemProperties.putAll(properties);
            return this;
        }

        /** The data source of data services with this {@code carbon_datasource_name}. It stays the caller's. */
        public Builder dataSource(String name, DataSource dataSource) {
            dataSources.put(name, dataSource);
            return this;
        }

        /**
         * The data source of one configuration of one data service, in the place of what its .dbs file says. It stays the caller's.
         *
         * @param service the data service's name
         * @param configuration the id of its {@code <config>}
         */
        public Builder dataSource(String service, String configuration, DataSource dataSource) {
            redirections.add(engine -> engine.redirect(service, configuration, dataSource));
            return this;
        }

        /**
         * Adds a handler that is told of every request, as {@code [[synapse_handlers]]} of Micro Integrator's deployment.toml does; one that
         * extends {@code AbstractExtendedSynapseHandler} is also told when the runtime starts and stops.
         */
        public Builder synapseHandler(SynapseHandler handler) {
            handlers.add(handler);
            return this;
        }

        /** The SMTP server that sends emails; without one each email fails. */
        public Builder smtp(SmtpSettings settings) {
            return smtp(() -> Optional.of(settings));
        }

        /** As {@link #smtp(SmtpSettings)}, but asked when the runtime starts, after its system properties are set. */
        public Builder smtp(Supplier<Optional<SmtpSettings>> settings) {
            smtp = settings;
            return this;
        }

        /**
         * What the types of the runtime's own problem documents (RFC 9457) begin with, such as {@code https://example.com/problems/}; the
         * problem's code is appended. By default the type is {@code about:blank}.
         */
        public Builder problemTypes(String base) {
            problemTypes = base;
            return this;
        }

        /**
         * The header in which answers that no flow gives carry a new correlation ID, as {@code correlation_header_name} of Micro Integrator's
         * deployment.toml names one; none by default.
         */
        public Builder correlationHeader(String name) {
            correlationHeader = name;
            return this;
        }

        /** A proxy of this process: for the flows, a request that it passes on comes from the proxy's client. None by default. */
        public Builder trustedProxy(TrustedProxy proxy) {
            trustedProxy = proxy;
            return this;
        }

        /**
         * Where the data-services engine is unpacked, once for each version; by default
         * {@code .cache/mi-embedded-runtime} in the user's home directory.
         */
        public Builder cacheDirectory(Path directory) {
            cacheDirectory = directory;
            return this;
        }

        /** Told the file name of each CAR when it is deployed. */
        public Builder onDeployed(Consumer<String> listener) {
            deployed = listener;
            return this;
        }

        /**
         * Deploys the CARs and begins to serve.
         *
         * @throws DeploymentException   if anything in a CAR is refused
         * @throws StartException if the port cannot be bound
         */
        public EmbeddedRuntime start() {
            SynapseOnTheClassPath.check(EmbeddedRuntime.class.getClassLoader());
            List<AutoCloseable> parts = new ArrayList<>();
            try {
                return start(parts);
            } catch (RuntimeException | Error e) {
                closeAll(parts);
                throw e;
            }
        }

        /** Starts one runtime of this JVM after the other: system properties are set for a start and reset when the runtime is closed. */
        @SuppressWarnings("LockOnNonEnclosingClassLiteral") // The lock is the runtime's; the builder is a part of it.
        private EmbeddedRuntime start(List<AutoCloseable> parts) {
            SynapseEngine engine;
            synchronized (EmbeddedRuntime.class) {
                parts.add(setSystemProperties());
                PooledDataSources pools = new PooledDataSources();
                parts.add(pools);
                DataServiceEngine dataServices =
                        new DataServiceEngine(cacheDirectory.resolve("dataservices-engine"), dataSources(pools));
                parts.add(dataServices);
                redirections.forEach(redirection -> redirection.accept(dataServices));
                MailTransport mail = new MailTransport(smtp.get());
                parts.add(mail);
                engine = new SynapseEngine(dataServices, mail);
                handlers.forEach(engine::addHandler);
                CarDeployer deployer = new CarDeployer(engine.artifacts(), dataServices);
                parts.add(deployer);
                parts.add(engine);
                logListeners.forEach(engine.flowLog()::listen);
                endpoints.forEach(engine.artifacts().endpoints()::redirect);
                deployer.deploy(cars, deployed);
                if (checkingReferences) {
                    engine.artifacts().checkReferences();
                }
                engine.publish(dataServices.names());
            }
            HttpFrontEnd http = new HttpFrontEnd(
                    new HttpOptions("http-api", host, httpPort, maxThreads, maxBodyBytes, problemTypes)
                            .withCorrelationHeader(correlationHeader)
                            .withTrustedProxy(trustedProxy),
                    requestListener == null ? engine::handle : HandledRequest.toldTo(requestListener, engine::handle));
            parts.add(http);
            engine.startTasks();
            return new EmbeddedRuntime(parts, http, engine);
        }

        private Function<ConnectionSettings, DataSource> dataSources(PooledDataSources pools) {
            return settings -> {
                DataSource named =
                        settings.dataSourceName() == null ? null : dataSources.get(settings.dataSourceName());
                return named != null ? named : pools.apply(settings);
            };
        }

        /** Gives what puts the properties back. */
        private AutoCloseable setSystemProperties() {
            Map<String, String> previous = new HashMap<>();
            systemProperties.forEach((name, value) -> previous.put(name, System.setProperty(name, value)));
            return () -> previous.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }
}
