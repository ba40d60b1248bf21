package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a server's Java code spends its time in, from the samples of a flight recording. A sample counts for the innermost component on its
 * stack: the JDK's time counts for its caller. The kernel, the garbage collector and the compiler are not in such samples.
 */
final class CpuProfile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String OTHER = "other";
    /** The first prefix that fits counts. */
    private static final Map<String, String> COMPONENTS = components();

    private CpuProfile() {}

    private static Map<String, String> components() {
        Map<String, String> components = new LinkedHashMap<>();
        components.put("com.mysql.", "MySQL driver");
        components.put("com.zaxxer.hikari.", "connection pool");
        components.put("org.wso2.", "data-services engine");
        components.put("org.eclipse.jetty.", "HTTP server");
        components.put("org.apache.synapse.commons.json.", "embedded runtime");
        components.put("org.apache.synapse.", "Synapse");
        components.put("org.apache.axis2.", "Axis2");
        components.put("org.apache.axiom.", "Axiom, StAX");
        components.put("com.ctc.wstx.", "Axiom, StAX");
        components.put("com.books.bookstore.shaded.", "mediators");
        components.put("com.books.bookstore.runtime.", "embedded runtime");
        components.put("com.books.bookstore.benchmark.", "plain server");
        components.put("com.books.bookstore.", "mediators");
        return components;
    }

    /** A stretch of time. */
    record Window(Instant from, Instant to) {

        private boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    /** Samples of each component within some windows, every component in a fixed order. */
    static Map<String, Integer> of(Path recording, List<Window> windows) throws IOException {
        Map<String, Integer> samples = new LinkedHashMap<>();
        COMPONENTS.values().forEach(component -> samples.put(component, 0));
        samples.put(OTHER, 0);
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (SAMPLE.equals(event.getEventType().getName())
                        && event.getStackTrace() != null
                        && windows.stream().anyMatch(window -> window.contains(event.getStartTime()))) {
                    samples.merge(component(event.getStackTrace().getFrames()), 1, Integer::sum);
                }
            }
        }
        return samples;
    }

    private static String component(List<RecordedFrame> innermostFirst) {
        for (RecordedFrame frame : innermostFirst) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, String> component : COMPONENTS.entrySet()) {
                if (type.startsWith(component.getKey())) {
                    return component.getValue();
                }
            }
        }
        return OTHER;
    }
}
