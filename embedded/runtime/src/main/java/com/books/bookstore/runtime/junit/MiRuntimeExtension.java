package com.books.bookstore.runtime.junit;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.HandledRequest;
import com.books.bookstore.runtime.engine.FlowLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs MI projects and CARs for the tests of a class, on a free port, ready when the first test begins:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MiRuntimeExtension MI = MiRuntimeExtension.withProject(Path.of("."))
 *         .mock("Warehouse")                                    // a named endpoint of the project
 *         .systemProperty("SHOP_DB_URL", "jdbc:h2:mem:shop");
 *
 * @Test
 * void answers() {
 *     MI.mocked("Warehouse").answer(200, "{\"copies\":3}");
 *     // requests go to MI.baseUri()
 * }
 * }</pre>
 *
 * <p>In a static field the runtime lives as long as the test class, in an instance field as long as one test; one that is {@link #shared()}
 * lives until the last test. Test methods may also take an {@link EmbeddedRuntime} as a parameter, with {@link RuntimeNamed} if a class has
 * several extensions. A project or CAR that is refused fails the class with the deployment's message.
 */
public final class MiRuntimeExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MiRuntimeExtension.class);

    private final Map<String, EndpointMock> mocks = new LinkedHashMap<>();
    private final List<FlowLog.Entry> log = new CopyOnWriteArrayList<>();
    private final List<HandledRequest> requests = new CopyOnWriteArrayList<>();
    private Consumer<EmbeddedRuntime.Builder> configuration;
    private EmbeddedRuntime runtime;
    private String name = "";
    private boolean perTest;
    private boolean shared;

    private MiRuntimeExtension(Consumer<EmbeddedRuntime.Builder> configuration) {
        this.configuration = configuration;
    }

    public static MiRuntimeExtension withCar(Path car) {
        return new MiRuntimeExtension(builder -> builder.car(car));
    }

    /** As {@link EmbeddedRuntime.Builder#project}: straight from the project's folder, without packing a CAR. */
    public static MiRuntimeExtension withProject(Path folder, Path... mediators) {
        return new MiRuntimeExtension(builder -> builder.project(folder, mediators));
    }

    /** Another CAR. */
    public MiRuntimeExtension car(Path car) {
        return configure(builder -> builder.car(car));
    }

    /** Another project. */
    public MiRuntimeExtension project(Path folder, Path... mediators) {
        return configure(builder -> builder.project(folder, mediators));
    }

    /** As {@link EmbeddedRuntime.Builder#systemProperty}. */
    public MiRuntimeExtension systemProperty(String property, String value) {
        return configure(builder -> builder.systemProperty(property, value));
    }

    /** Sends the calls of a named endpoint to another server: see {@link EmbeddedRuntime.Builder#endpoint}. */
    public MiRuntimeExtension endpoint(String endpoint, URI origin) {
        return configure(builder -> builder.endpoint(endpoint, origin));
    }

    /** Puts a {@link #mocked mock} in the place of a named endpoint. */
    public MiRuntimeExtension mock(String endpoint) {
        return configure(builder -> {
            EndpointMock mock = EndpointMock.start();
            mocks.put(endpoint, mock);
            builder.endpoint(endpoint, mock.origin());
        });
    }

    /** The name by which parameters ask for this runtime. */
    public MiRuntimeExtension named(String newName) {
        name = newName;
        return this;
    }

    /** The same runtime for all classes that register this object; it is stopped after the last test of all. */
    public MiRuntimeExtension shared() {
        shared = true;
        return this;
    }

    /**
     * Anything else, evaluated when the runtime starts: by then, other extensions may know what they did not know when this one was
     * declared, the address of a database for example.
     */
    public MiRuntimeExtension configure(Consumer<EmbeddedRuntime.Builder> more) {
        configuration = configuration.andThen(more);
        return this;
    }

    /** Where the APIs are, without a slash at the end. */
    public URI baseUri() {
        return runtime().baseUri();
    }

    public int port() {
        return runtime().port();
    }

    /** The mock of an endpoint that was declared with {@link #mock}. */
    public EndpointMock mocked(String endpoint) {
        runtime();
        EndpointMock mock = mocks.get(endpoint);
        if (mock == null) {
            throw new IllegalArgumentException("The endpoint " + endpoint + " is not mocked: declare it with mock()");
        }
        return mock;
    }

    /** What flows wrote with {@code <log>} since the start or the last {@link #reset()}, in its order. */
    public List<FlowLog.Entry> log() {
        return List.copyOf(log);
    }

    /** The requests to APIs and their answers since the start or the last {@link #reset()}. */
    public List<HandledRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets log, requests, and what mocks were told and asked. What is deployed stays. */
    public void reset() {
        log.clear();
        requests.clear();
        mocks.values().forEach(EndpointMock::reset);
    }

    public EmbeddedRuntime runtime() {
        if (runtime == null) {
            throw new IllegalStateException(
                    "The runtime is not started: is the extension in a field with @RegisterExtension?");
        }
        return runtime;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        register(context);
        if (shared) {
            context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(this, key -> {
                start();
                return new Stop(this);
            });
        } else {
            start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (runtime == null) {
            perTest = true;
            register(context);
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (perTest) {
            registered(context).remove(this);
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!shared) {
            stop();
        }
    }

    private void start() {
        EmbeddedRuntime.Builder builder =
                EmbeddedRuntime.builder().onLog(log::add).onRequest(requests::add);
        try {
            configuration.accept(builder);
            runtime = builder.start();
        } catch (RuntimeException | Error e) {
            closeMocks();
            throw e;
        }
    }

    private void stop() {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
        closeMocks();
        log.clear();
        requests.clear();
    }

    private void closeMocks() {
        mocks.values().forEach(EndpointMock::close);
        mocks.clear();
    }

    /** So that the extensions of a class know of each other when a parameter is resolved. */
    private void register(ExtensionContext context) {
        registered(context).addIfAbsent(this);
    }

    @SuppressWarnings("unchecked") // The namespace is used only here.
    private static CopyOnWriteArrayList<MiRuntimeExtension> registered(ExtensionContext context) {
        return (CopyOnWriteArrayList<MiRuntimeExtension>) context.getStore(NAMESPACE)
                .getOrComputeIfAbsent("registered", key -> new CopyOnWriteArrayList<MiRuntimeExtension>());
    }

    /** Of several extensions without a name the first one answers for all, so that JUnit does not see competing ones. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() != EmbeddedRuntime.class) {
            return false;
        }
        Optional<String> wanted = parameter.findAnnotation(RuntimeNamed.class).map(RuntimeNamed::value);
        return registered(context).stream()
                        .filter(extension -> wanted.map(extension.name::equals).orElse(true))
                        .findFirst()
                        .orElse(null)
                == this;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (!parameter.isAnnotated(RuntimeNamed.class) && registered(context).size() > 1) {
            throw new ParameterResolutionException(
                    "The class has several runtimes: say which one with @RuntimeNamed, and name() the extensions");
        }
        return runtime();
    }

    /** JUnit closes it after the last test; before 5.13 it knows only its own interface, from then on both. */
    private record Stop(MiRuntimeExtension extension)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {

        @Override
        public void close() {
            extension.stop();
        }
    }
}
