package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The attacks on our own servers are the tests tagged {@code attack}. They run with all other tests, so that none gets through; what is
 * left to check is that they stay, and that the command which runs them alone finds all of them.
 */
class AttacksTest {

    private static final int LEAST = 120;
    private static final String TAG = "@Tag(\"attack\")";

    private static final Pattern TEST =
            Pattern.compile("@(?:Parameterized)?Test\\b(?<annotations>.*?)\\bvoid \\w+\\(", Pattern.DOTALL);
    private static final Pattern VALUES =
            Pattern.compile("@(?:ValueSource|CsvSource)\\((?<values>.*?)\\)\\s*(?:@|static |void |$)", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\b(?:true|false)\\b");

    @Test
    void thereAreAtLeast120() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        sources().forEach((path, source) -> counts.put(path, attacks(source)));

        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                .as(counts.toString())
                .isGreaterThanOrEqualTo(LEAST);
    }

    @Test
    void theCommandRunsAllOfThem() {
        TreeSet<String> modules = new TreeSet<>();
        for (String path : sources().keySet()) {
            // The scenarios are run by the suite.
            modules.add(path.substring(0, path.indexOf("/src/")).replace("it-tests/scenarios", "it-tests/suite"));
        }

        String command = Repository.text("build-tools/attacks");

        assertThat(command).contains("least=" + LEAST + "\n", "modules=(" + String.join(" ", modules) + ")\n");
    }

    private static Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Path file : Repository.files()) {
            String path = file.toString();
            if (path.endsWith(".java") && !path.startsWith("build-tools/")) {
                String source = Repository.text(file);
                if (source.contains(TAG)) {
                    sources.put(path, source);
                }
            }
        }
        return sources;
    }

    /** A parameterized test counts as often as values are written at it, and once when they come from a method. */
    private static int attacks(String source) {
        boolean all = source.substring(0, source.indexOf("class ")).contains(TAG);
        List<Integer> counts = new ArrayList<>();
        Matcher test = TEST.matcher(source);
        while (test.find()) {
            String annotations = test.group("annotations");
            if (all || annotations.contains(TAG)) {
                Matcher values = VALUES.matcher(annotations);
                counts.add(
                        values.find()
                                ? (int) VALUE.matcher(values.group("values"))
                                        .results()
                                        .count()
                                : 1);
            }
        }
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
