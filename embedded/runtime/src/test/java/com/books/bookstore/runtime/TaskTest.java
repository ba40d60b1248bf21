package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Tag("slow")
class TaskTest {

    @TempDir
    private Path directory;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    /** Requests are answered when it is open. */
    private final CountDownLatch gate = new CountDownLatch(1);

    private HttpServer backend;

    @BeforeEach
    void startBackend() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.setExecutor(Executors.newCachedThreadPool());
        backend.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        backend.start();
    }

    @AfterEach
    void stopBackend() {
        gate.countDown();
        backend.stop(0);
    }

    private EmbeddedRuntime start(String trigger) {
        Path tasks = car("tasks")
                .sequence(
                        "Tick",
                        "<property name=\"messageType\" value=\"application/xml\" scope=\"axis2\"/><call><endpoint><http method=\"post\" uri-template=\"http://localhost:"
                                + backend.getAddress().getPort() + "/\"/></endpoint></call>")
                .xml(
                        "TickTask",
                        "synapse/task",
                        "<task name=\"TickTask\" class=\"org.apache.synapse.startup.tasks.MessageInjector\""
                                + " group=\"synapse.simple.quartz\">" + trigger
                                + "<property xmlns:task=\"http://www.wso2.org/products/wso2commons/tasks\" name=\"injectTo\" value=\"sequence\"/>"
                                + "<property name=\"sequenceName\" value=\"Tick\"/>"
                                + "<property name=\"message\"><tick xmlns=\"\">now</tick></property></task>")
                .writeTo(directory);
        return EmbeddedRuntime.builder().car(tasks).start();
    }

    @Test
    void aTaskPutsItsMessageIntoASequence() throws InterruptedException {
        gate.countDown();
        try (EmbeddedRuntime runtime = start("<trigger once=\"true\"/>")) {
            assertThat(runtime.port()).isPositive();
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("<tick>now</tick>");
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<trigger cron=\"* * * * * ?\"/>",
                "<trigger interval=\"1\"/>",
                "<trigger interval=\"1\" count=\"3\"/>"
            })
    void itRunsAgainAndAgain(String trigger) throws InterruptedException {
        gate.countDown();
        try (EmbeddedRuntime runtime = start(trigger)) {
            assertThat(runtime.port()).isPositive();
            for (int run = 0; run < 3; run++) {
                assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("<tick>now</tick>");
            }
        }
    }

    @Test
    void aRunThatTakesLongDoesNotHoldUpTheNextOneAndIsWaitedForAtTheEnd() throws InterruptedException {
        try (EmbeddedRuntime runtime = start("<trigger cron=\"* * * * * ?\"/>")) {
            assertThat(runtime.port()).isPositive();
            assertThat(received.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(received.poll(30, TimeUnit.SECONDS)).isNotNull();
            gate.countDown();
        }
    }

    @Test
    void aFifthRunAtATimeIsSkippedWithAWarning() throws InterruptedException {
        BlockingQueue<ILoggingEvent> warnings = new LinkedBlockingQueue<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                warnings.add(event);
            }
        };
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger("com.books.bookstore.runtime.engine.TaskScheduler");
        logger.addAppender(appender);
        try (EmbeddedRuntime runtime = start("<trigger cron=\"* * * * * ?\"/>")) {
            assertThat(runtime.port()).isPositive();
            ILoggingEvent warning = warnings.poll(30, TimeUnit.SECONDS);
            gate.countDown();
            assertThat(warning).isNotNull();
            assertThat(warning.getFormattedMessage()).contains("TickTask", "left out");
        } finally {
            logger.detachAppender(appender);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<trigger/>",
                "<trigger cron=\"every day\"/>",
                "<trigger cron=\"* * * * * ?\" interval=\"1\"/>",
                "<trigger interval=\"0\"/>"
            })
    void aTriggerThatMeansNothingIsRefused(String trigger) {
        assertThatThrownBy(() -> start(trigger)).isInstanceOf(DeploymentException.class);
    }
}
