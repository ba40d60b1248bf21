package com.books.bookstore.it.support;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps every line that this JVM logs, with its log context and stack trace, at the levels that the runtime ships with. Thread-safe. */
public final class CapturedLogs extends AppenderBase<ILoggingEvent> {

    private static final String ACCESS = "com.books.bookstore.access";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final PatternLayout layout = new PatternLayout();

    public static CapturedLogs open() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        CapturedLogs logs = new CapturedLogs();
        logs.setContext(context);
        logs.layout.setContext(context);
        logs.layout.setPattern("%level %logger [%X{Correlation-ID}] %msg%n%ex");
        logs.layout.start();
        logs.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(logs);
        // Its lines do not go to the root logger.
        context.getLogger(ACCESS).addAppender(logs);
        return logs;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(layout.doLayout(event));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Lines about the request with this correlation id, without those of the access log. */
    public List<String> of(String correlationId) {
        return lines.stream()
                .filter(line -> line.contains("[" + correlationId + "]") && !line.contains(ACCESS))
                .toList();
    }

    /** The line of the access log about the request with this correlation id. */
    public List<String> accessOf(String correlationId) {
        return lines.stream()
                .filter(line -> line.contains(ACCESS) && line.contains("correlation=" + correlationId))
                .toList();
    }
}
