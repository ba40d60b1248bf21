package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTest {

    @Test
    void aTaskPutsItsMessageIntoASequence(@TempDir Path directory) throws IOException, InterruptedException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        backend.start();
        Path tasks = car("tasks")
                .sequence("Tick", "<property name=\"messageType\" value=\"application/xml\" scope=\"axis2\"/><call><endpoint><http method=\"post\" uri-template=\"http://localhost:"
                        + backend.getAddress().getPort() + "/\"/></endpoint></call>")
                .xml("TickTask", "synapse/task", "<task name=\"TickTask\" class=\"org.apache.synapse.startup.tasks.MessageInjector\""
                        + " group=\"synapse.simple.quartz\"><trigger once=\"true\"/>"
                        + "<property xmlns:task=\"http://www.wso2.org/products/wso2commons/tasks\" name=\"injectTo\" value=\"sequence\"/>"
                        + "<property name=\"sequenceName\" value=\"Tick\"/>"
                        + "<property name=\"message\"><tick xmlns=\"\">now</tick></property></task>")
                .writeTo(directory);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.builder().car(tasks).start()) {
            assertThat(runtime.port()).isPositive();
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("<tick>now</tick>");
        } finally {
            backend.stop(0);
        }
        assertThat(received).isEmpty();
    }
}
