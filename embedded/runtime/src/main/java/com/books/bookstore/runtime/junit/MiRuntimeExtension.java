package com.books.bookstore.runtime.junit;

import com.books.bookstore.runtime.EmbeddedRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs CARs for the tests of a class, on a free port, ready when the first test begins:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MiRuntimeExtension MI = MiRuntimeExtension.withCar(Path.of("target/shop_1.0.0.car"))
 *         .systemProperty("SHOP_DB_URL", "jdbc:h2:mem:shop");
 *
 * @Test
 * void answers() {
 *     // requests go to MI.baseUri()
 * }
 * }</pre>
 *
 * <p>In a static field the runtime lives as long as the test class, in an instance field as long as one test. Test methods may also take an
 * {@link EmbeddedRuntime} as a parameter. A CAR that is refused fails the class with the deployment's message.
 */
public final class MiRuntimeExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private Consumer<EmbeddedRuntime.Builder> configuration;
    private EmbeddedRuntime runtime;
    private boolean perTest;

    private MiRuntimeExtension(Consumer<EmbeddedRuntime.Builder> configuration) {
        this.configuration = configuration;
    }

    public static MiRuntimeExtension withCar(Path car) {
        return new MiRuntimeExtension(builder -> builder.car(car));
    }

    /** Another CAR. */
    public MiRuntimeExtension car(Path car) {
        return configure(builder -> builder.car(car));
    }

    /** As {@link EmbeddedRuntime.Builder#systemProperty}. */
    public MiRuntimeExtension systemProperty(String name, String value) {
        return configure(builder -> builder.systemProperty(name, value));
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

    public EmbeddedRuntime runtime() {
        if (runtime == null) {
            throw new IllegalStateException(
                    "The runtime is not started: is the extension in a field with @RegisterExtension?");
        }
        return runtime;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (runtime == null) {
            perTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (perTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void start() {
        EmbeddedRuntime.Builder builder = EmbeddedRuntime.builder();
        configuration.accept(builder);
        runtime = builder.start();
    }

    private void stop() {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedRuntime.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return runtime();
    }
}
