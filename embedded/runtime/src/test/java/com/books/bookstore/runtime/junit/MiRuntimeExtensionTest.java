package com.books.bookstore.runtime.junit;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.engine.FlowLog;
import com.books.bookstore.runtime.mediators.WhoLoadedMeMediator;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class MiRuntimeExtensionTest {

    private static final Path DIRECTORY = directory();

    private static final List<Integer> SEEN = new CopyOnWriteArrayList<>();

    static final MiRuntimeExtension ACROSS_CLASSES =
            MiRuntimeExtension.withCar(echo("across")).shared();

    @RegisterExtension
    static final MiRuntimeExtension SHARED =
            MiRuntimeExtension.withCar(echo("shared")).systemProperty("bookstore.test.extension", "set");

    @RegisterExtension
    final MiRuntimeExtension own =
            MiRuntimeExtension.withCar(echo("own")).configure(builder -> builder.car(echo("late")));

    private static Path directory() {
        try {
            // The extensions are made before JUnit makes a directory.
            return Files.createDirectories(Path.of("target", "extension-cars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path echo(String name) {
        return car(name).flow(name + "API", "/" + name, "<respond/>").writeTo(DIRECTORY);
    }

    @Test
    void aStaticExtensionRunsItsCarForTheClass() {
        assertThat(new HttpApi(SHARED.baseUri()).get("/shared").statusCode()).isEqualTo(200);
        assertThat(System.getProperty("bookstore.test.extension")).isEqualTo("set");
    }

    @Test
    void anInstanceExtensionRunsItsCarsForOneTest() {
        assertThat(new HttpApi(own.baseUri()).get("/own").statusCode()).isEqualTo(200);
        assertThat(new HttpApi(own.baseUri()).get("/late").statusCode()).isEqualTo(200);
    }

    static class WithParameter {

        @RegisterExtension
        static final MiRuntimeExtension ONLY = MiRuntimeExtension.withCar(echo("only"));

        @Test
        void aTestMayTakeTheRuntimeAsAParameter(EmbeddedRuntime runtime) {
            assertThat(runtime.apiContexts()).containsExactly("/only");
        }
    }

    @Nested
    class WithAProject {

        @RegisterExtension
        static final MiRuntimeExtension MI = MiRuntimeExtension.withProject(Path.of("src/test/projects/shop"))
                .mock("Warehouse");

        @Test
        void itsFolderIsDeployedAndItsEndpointIsMocked() {
            MI.mocked("Warehouse").answer(200, "{\"copies\":3}");

            assertThat(new HttpApi(MI.baseUri()).get("/stock/books/7").body()).isEqualTo("{\"copies\":3}");
            assertThat(MI.mocked("Warehouse").requests())
                    .extracting(EndpointMock.Request::target)
                    .containsExactly("/v1/stock/7");
            assertThat(MI.port()).isEqualTo(MI.baseUri().getPort());
            assertThat(MI.log()).extracting(FlowLog.Entry::text).containsExactly("Asking for 7, book = 7");
            assertThat(MI.requests()).singleElement().satisfies(request -> {
                assertThat(request.target()).isEqualTo("/stock/books/7");
                assertThat(request.status()).isEqualTo(200);
                assertThat(request.responseBody()).isEqualTo("{\"copies\":3}");
            });

            MI.reset();

            assertThat(MI.log()).isEmpty();
            assertThat(MI.requests()).isEmpty();
            assertThat(MI.mocked("Warehouse").requests()).isEmpty();
            assertThat(new HttpApi(MI.baseUri()).get("/stock/books/7").body()).isEmpty();
        }
    }

    @Nested
    class WithAnEndpointElsewhere {

        static final EndpointMock ELSEWHERE = EndpointMock.start().answer(200, "{\"copies\":9}");

        @RegisterExtension
        static final MiRuntimeExtension MI = MiRuntimeExtension.withProject(Path.of("src/test/projects/shop"))
                .endpoint("Warehouse", ELSEWHERE.origin());

        @AfterAll
        static void close() {
            ELSEWHERE.close();
        }

        @Test
        void itsRequestsGoThere() {
            assertThat(new HttpApi(MI.baseUri()).get("/stock/books/7").body()).isEqualTo("{\"copies\":9}");
            assertThat(ELSEWHERE.requests())
                    .extracting(EndpointMock.Request::target)
                    .containsExactly("/v1/stock/7");
        }
    }

    /** A project whose mediators are compiled elsewhere. */
    private static Path projectWithMediator() {
        try {
            Path apis = Files.createDirectories(DIRECTORY.resolve("project/src/main/wso2mi/artifacts/apis"));
            Files.writeString(
                    apis.resolve("ClassAPI.xml"),
                    "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"ClassAPI\" context=\"/class\"><resource methods=\"GET\">"
                            + "<inSequence><class name=\"" + WhoLoadedMeMediator.class.getName()
                            + "\"/><payloadFactory media-type=\"text\">"
                            + "<format>$1</format><args><arg expression=\"$ctx:seen.runtime\"/></args></payloadFactory><respond/>"
                            + "</inSequence></resource></api>");
            return DIRECTORY.resolve("project");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class WithMediatorsOfAnotherFolder {

        @RegisterExtension
        static final MiRuntimeExtension MI =
                MiRuntimeExtension.withProject(projectWithMediator(), Path.of("target/test-classes"));

        @Test
        void theyAreFoundThere() {
            assertThat(new HttpApi(MI.baseUri()).get("/class").body()).isEqualTo("no");
        }
    }

    @Nested
    class SideBySide {

        @RegisterExtension
        static final MiRuntimeExtension LEFT =
                MiRuntimeExtension.withCar(echo("left")).named("left");

        @RegisterExtension
        static final MiRuntimeExtension RIGHT =
                MiRuntimeExtension.withCar(echo("right")).named("right");

        @Test
        void parametersSayWhichRuntime(
                @RuntimeNamed("left") EmbeddedRuntime left, @RuntimeNamed("right") EmbeddedRuntime right) {
            assertThat(left.apiContexts()).containsExactly("/left");
            assertThat(right.apiContexts()).containsExactly("/right");
        }
    }

    /** Not run by itself: it has a parameter that nothing can resolve. */
    static class Ambiguous {

        @RegisterExtension
        static final MiRuntimeExtension ONE = MiRuntimeExtension.withCar(echo("one"));

        @RegisterExtension
        static final MiRuntimeExtension TWO = MiRuntimeExtension.withCar(echo("two"));

        @Test
        void takesOneOfTwo(EmbeddedRuntime runtime) {
            assertThat(runtime).isNotNull();
        }
    }

    static class FirstOfTwo {

        @RegisterExtension
        static final MiRuntimeExtension MI = ACROSS_CLASSES;

        @Test
        void seesTheRuntime() {
            SEEN.add(MI.port());
        }
    }

    static class SecondOfTwo {

        @RegisterExtension
        static final MiRuntimeExtension MI = ACROSS_CLASSES;

        @Test
        void seesTheRuntime() {
            SEEN.add(MI.port());
        }
    }

    @Test
    void severalRuntimesWithoutNamesAreRefusedAsAParameter() {
        TestExecutionSummary summary = run(Ambiguous.class);

        assertThat(summary.getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException()).hasMessageContaining("@RuntimeNamed"));
    }

    @Test
    void aSharedRuntimeIsTheSameForAllClasses() {
        SEEN.clear();
        TestExecutionSummary summary = run(FirstOfTwo.class, SecondOfTwo.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(SEEN).hasSize(2);
        assertThat(Set.copyOf(SEEN)).hasSize(1);
        assertThatThrownBy(ACROSS_CLASSES::port).isInstanceOf(IllegalStateException.class);
    }

    private static TestExecutionSummary run(Class<?>... classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        listener);
        return listener.getSummary();
    }
}
