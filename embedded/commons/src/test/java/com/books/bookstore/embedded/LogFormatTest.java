package com.books.bookstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The logging of the stand-ins in both of its formats. */
class LogFormatTest {

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setOut(console);
    }

    @Test
    void aPlainLineHasTheCorrelationIdOfItsRequest() throws JoranException {
        assertThat(log("plain").lines()).hasSize(3);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("^[0-9:.]+ ", "")))
                .containsExactly(
                        "ERROR Flow [call-1] - It \"failed\"",
                        "INFO  Flow - Nothing to report",
                        "access GET CatalogAPI /books 200");
    }

    @Test
    void asJsonEachLineIsAnObject() throws JoranException, IOException {
        String[] lines = log("json").split("\\R");
        JsonNode failure = new ObjectMapper().readTree(lines[0]);
        assertThat(failure.path("level").asText()).isEqualTo("ERROR");
        assertThat(failure.path("formattedMessage").asText()).isEqualTo("It \"failed\"");
        assertThat(failure.path("mdc").path("Correlation-ID").asText()).isEqualTo("call-1");
        assertThat(new ObjectMapper().readTree(lines[1]).path("loggerName").asText())
                .isEqualTo("com.books.bookstore.Flow");
        assertThat(lines[2]).isEqualTo("GET CatalogAPI /books 200");
    }

    private String log(String format) throws JoranException {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("BOOKSTORE_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                new ByteArrayInputStream("<configuration><include resource=\"logback-embedded.xml\"/></configuration>"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .allMatch(status -> status.getEffectiveLevel() < Status.WARN);

        context.getMDCAdapter().put("Correlation-ID", "call-1");
        context.getLogger("com.books.bookstore.Flow").error("It \"failed\"");
        context.getMDCAdapter().remove("Correlation-ID");
        context.getLogger("com.books.bookstore.Flow").info("Nothing to report");
        context.getLogger("com.books.bookstore.access").info("GET CatalogAPI /books 200");
        context.stop();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
