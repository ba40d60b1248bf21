package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.HttpApi;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.synapse.AbstractExtendedSynapseHandler;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers are told what Micro Integrator would tell them. */
class HandlerTest {

    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void aHandlerIsToldOfTheServerOfRequestsAndOfAnswers() {
        try (EmbeddedRuntime runtime = start(new Recorder("one", true), new Recorder("two", true))) {
            assertThat(told).containsExactly("one starts", "two starts");
            told.clear();

            assertThat(new HttpApi(runtime.baseUri()).get("/teapot/1").statusCode())
                    .isEqualTo(418);
            assertThat(told).containsExactly("one in", "two in", "one out 418 TeapotAPI", "two out 418 TeapotAPI");
            told.clear();
        }
        assertThat(told).containsExactlyInAnyOrder("one stops", "two stops");
    }

    @Test
    void answersOfTheEngineItselfAreToldToo() {
        try (EmbeddedRuntime runtime = start(new Recorder("one", true))) {
            HttpApi http = new HttpApi(runtime.baseUri());
            assertThat(http.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(http.get("/teapot").statusCode()).isEqualTo(404);
            assertThat(http.get("/silent").statusCode()).isEqualTo(202);
            assertThat(told)
                    .containsExactly(
                            "one starts",
                            "one in",
                            "one out 404 null",
                            "one in",
                            "one out 404 TeapotAPI",
                            "one in",
                            "one out 202 SilentAPI");
        }
    }

    @Test
    void aHandlerThatSaysNoEndsTheFlow() {
        try (EmbeddedRuntime runtime = start(new Recorder("one", false), new Recorder("two", true))) {
            assertThat(new HttpApi(runtime.baseUri()).get("/teapot/1").statusCode())
                    .isEqualTo(202);
            assertThat(told).doesNotContain("two in");
        }
    }

    private EmbeddedRuntime start(Recorder... handlers) {
        EmbeddedRuntime.Builder builder = EmbeddedRuntime.builder()
                .car(car("teapots")
                        .api(
                                "TeapotAPI",
                                "/teapot",
                                "<resource methods=\"GET\" uri-template=\"/{size}\"><inSequence>"
                                        + "<property name=\"HTTP_SC\" value=\"418\" scope=\"axis2\"/><respond/></inSequence></resource>")
                        .api("SilentAPI", "/silent", "<resource methods=\"GET\"><inSequence/></resource>")
                        .writeTo(directory));
        for (Recorder handler : handlers) {
            builder.synapseHandler(handler);
        }
        return builder.start();
    }

    private final class Recorder extends AbstractExtendedSynapseHandler {

        private final boolean goOn;

        Recorder(String name, boolean goOn) {
            setName(name);
            this.goOn = goOn;
        }

        private boolean tell(String what) {
            told.add(getName() + " " + what);
            return true;
        }

        @Override
        public boolean handleServerInit() {
            return tell("starts");
        }

        @Override
        public boolean handleServerShutDown() {
            return tell("stops");
        }

        @Override
        public boolean handleRequestInFlow(MessageContext message) {
            return tell("in") && goOn;
        }

        @Override
        public boolean handleResponseOutFlow(MessageContext message) {
            return tell("out "
                    + ((Axis2MessageContext) message).getAxis2MessageContext().getProperty("HTTP_SC") + " "
                    + message.getProperty("SYNAPSE_REST_API"));
        }

        @Override
        public boolean handleRequestOutFlow(MessageContext message) {
            return tell("request out");
        }

        @Override
        public boolean handleResponseInFlow(MessageContext message) {
            return tell("response in");
        }

        @Override
        public boolean handleArtifactDeployment(String artifactName, String artifactType, String startTime) {
            return tell("deployed");
        }

        @Override
        public boolean handleArtifactUnDeployment(String artifactName, String artifactType, String time) {
            return tell("undeployed");
        }

        @Override
        public boolean handleError(MessageContext message) {
            return tell("error");
        }
    }
}
