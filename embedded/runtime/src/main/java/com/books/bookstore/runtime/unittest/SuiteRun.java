package com.books.bookstore.runtime.unittest;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.junit.EndpointMock;
import com.books.bookstore.runtime.unittest.TestSuite.Assertion;
import com.books.bookstore.runtime.unittest.TestSuite.Property;
import com.books.bookstore.runtime.unittest.TestSuite.TestCase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** One suite: a runtime with its artifacts and its mock services, started for the first case. Used from one thread. */
final class SuiteRun implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Path project;
    private final TestSuite suite;
    private final List<Path> mediators;
    private final Consumer<EmbeddedRuntime.Builder> configuration;
    private final Map<String, String> propertiesOfMocks;
    private final Map<String, EndpointMock> mocks = new LinkedHashMap<>();
    private EmbeddedRuntime runtime;

    SuiteRun(
            Path project,
            TestSuite suite,
            List<Path> mediators,
            Consumer<EmbeddedRuntime.Builder> configuration,
            Map<String, String> propertiesOfMocks) {
        this.project = project;
        this.suite = suite;
        this.mediators = mediators;
        this.configuration = configuration;
        this.propertiesOfMocks = propertiesOfMocks;
    }

    void run(TestCase testCase) {
        start();
        OMElement root = TestSuite.read(suite.artifact()).root();
        CaseResult result = "api".equals(root.getLocalName())
                ? request(testCase, context(root))
                : mediate(testCase, root.getAttributeValue(new QName("name")));
        List<Throwable> failures = new ArrayList<>();
        testCase.assertions().forEach(assertion -> check(assertion, result, failures));
        if (failures.size() == 1) {
            throw (AssertionError) failures.get(0);
        } else if (!failures.isEmpty()) {
            throw new MultipleFailuresError(testCase.name(), failures);
        }
    }

    private void start() {
        if (runtime != null) {
            return;
        }
        EmbeddedRuntime.Builder builder = EmbeddedRuntime.builder().withoutReferenceCheck();
        for (MockService service : suite.mocks()) {
            EndpointMock mock = EndpointMock.start().answer(request -> answer(service, request));
            mocks.put(service.name(), mock);
            builder.endpoint(service.name(), mock.origin());
        }
        propertiesOfMocks.forEach((property, service) -> {
            EndpointMock mock = mocks.get(service.replaceFirst("/.*", ""));
            if (mock != null) {
                builder.systemProperty(property, mock.origin() + service.replaceFirst("^[^/]*", ""));
            }
        });
        List<Path> files = new ArrayList<>(suite.connectors());
        files.addAll(suite.supportive());
        files.add(suite.artifact());
        builder.projectFiles(project, files, mediators);
        configuration.accept(builder);
        runtime = builder.start();
    }

    private static EndpointMock.Answer answer(MockService service, EndpointMock.Request request) {
        return service.resources().stream()
                .filter(resource -> resource.takes(
                        request.method(), URI.create(request.target()), request.headers(), request.body()))
                .findFirst()
                .map(resource -> new EndpointMock.Answer(resource.status(), resource.payload(), resource.headers()))
                .orElseGet(() -> new EndpointMock.Answer(
                        404,
                        "The mock service " + service.name() + " has no resource for " + request.method() + " "
                                + request.target(),
                        Map.of("Content-Type", "text/plain")));
    }

    /** As the API's file gives it: cases have the rest of the path. */
    private static String context(OMElement api) {
        String context = api.getAttributeValue(new QName("context"));
        String version = api.getAttributeValue(new QName("version"));
        String type = api.getAttributeValue(new QName("version-type"));
        if ("url".equals(type)) {
            return context + "/" + version;
        }
        return "context".equals(type) ? context.replace("{version}", version) : context;
    }

    private CaseResult request(TestCase testCase, String context) {
        String path = testCase.path() == null || "/".equals(testCase.path()) ? "" : testCase.path();
        String method = (testCase.method() == null ? "GET" : testCase.method()).toUpperCase(Locale.ROOT);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(runtime.baseUri() + context + (path.isEmpty() || path.startsWith("/") ? path : "/" + path)));
        boolean withBody = !List.of("GET", "HEAD", "OPTIONS").contains(method);
        request.method(
                method,
                withBody
                        ? BodyPublishers.ofString(testCase.payload() == null ? "" : testCase.payload())
                        : BodyPublishers.noBody());
        if (withBody) {
            request.setHeader("Content-Type", "text/plain; charset=UTF-8");
        }
        for (Property property : testCase.properties()) {
            if ("transport".equals(property.scope())) {
                request.setHeader(property.name(), property.value());
            }
        }
        try {
            return new AnswerResult(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("The API did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the API", e);
        }
    }

    private CaseResult mediate(TestCase testCase, String sequence) {
        return runtime.mediate(sequence, message -> TestMessage.prepare(message, testCase))
                .map(SequenceResult::new)
                .orElseThrow(() -> new AssertionError("The sequence " + sequence
                        + " ended with <respond/> or <drop/>, which a unit test of a sequence cannot look behind:"
                        + " test the API"));
    }

    private static void check(Assertion assertion, CaseResult result, List<Throwable> failures) {
        String actual;
        try {
            actual = result.value(assertion.actual());
        } catch (IllegalArgumentException e) {
            failures.add(new AssertionError(e.getMessage(), e));
            return;
        }
        if (assertion.expected() == null) {
            if (actual == null) {
                failures.add(new AssertionFailedError(assertion.actual() + " is null: " + assertion.message()));
            }
        } else if (actual == null || !Texts.compact(assertion.expected()).equals(Texts.compact(actual))) {
            failures.add(new AssertionFailedError(
                    assertion.actual() + ": " + assertion.message() + "\nexpected: "
                            + assertion.expected().trim() + "\n but was: " + actual,
                    assertion.expected().trim(),
                    actual));
        }
    }

    @Override
    public void close() {
        if (runtime != null) {
            runtime.close();
        }
        mocks.values().forEach(EndpointMock::close);
    }
}
