package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One table of all settings: what is read is in it, what is in it is read, and defaults are those of the CARs. */
class SettingsTest {

    private static final Pattern NAME = Pattern.compile("\\bBOOKSTORE_[A-Z0-9_]*[A-Z0-9_]");
    private static final Pattern DEFAULT = Pattern.compile("env:(BOOKSTORE_[A-Z0-9_]+):([^\"]*)\"");

    private static final Pattern QUOTED = Pattern.compile("\"([A-Z][A-Z_]+)\"");

    private final Settings settings = Settings.read();

    @Test
    void everySettingThatSomethingNamesIsInTheTable() {
        Map<String, Set<Path>> unknown = new TreeMap<>();
        for (Path file : Repository.files()) {
            if (isTest(file) || file.endsWith("settings.yaml")) {
                continue;
            }
            NAME.matcher(Repository.text(file))
                    .results()
                    .map(MatchResult::group)
                    // check-settings reads every setting from a file, too.
                    .filter(name -> !settings.knows(name) && !settings.knows(name.replaceFirst("_FILE$", "")))
                    .forEach(name -> unknown.computeIfAbsent(name, key -> new TreeSet<>())
                            .add(file));
        }
        assertThat(unknown).as("add them to docs/settings.yaml").isEmpty();
    }

    @Test
    void everySettingInTheTableIsReadSomewhere() {
        Set<String> read = new TreeSet<>();
        Set<String> quoted = new TreeSet<>();
        for (Path file : Repository.files()) {
            if (!isTest(file) && !file.toString().endsWith(".md") && !file.endsWith("settings.yaml")) {
                String text = Repository.text(file);
                NAME.matcher(text).results().map(MatchResult::group).forEach(read::add);
                QUOTED.matcher(text).results().forEach(found -> quoted.add(found.group(1)));
            }
        }
        // Some are read by their common beginning, and the ends are texts of their own.
        read.stream()
                .filter(name -> name.endsWith("_"))
                .toList()
                .forEach(prefix -> quoted.forEach(end -> read.add(prefix + end)));
        assertThat(settings.all().map(Settings.Setting::name))
                .doesNotHaveDuplicates()
                .isSubsetOf(read);
    }

    @Test
    void theDefaultsAreThoseOfTheArtifacts() {
        Map<String, String> defaults = new TreeMap<>();
        for (Path file : Repository.files()) {
            if (file.startsWith("sequences") || file.startsWith("data-services")) {
                DEFAULT.matcher(Repository.text(file).replaceAll("(?s)<!--.*?-->", ""))
                        .results()
                        .forEach(found -> {
                            String before = defaults.put(found.group(1), found.group(2));
                            assertThat(before)
                                    .as(found.group(1) + " in " + file)
                                    .isIn(null, found.group(2));
                        });
            }
        }
        assertThat(defaults).hasSizeGreaterThan(30);
        settings.all()
                .filter(setting -> defaults.containsKey(setting.name()))
                .forEach(setting ->
                        assertThat(setting.standard()).as(setting.name()).isEqualTo(defaults.get(setting.name())));
    }

    @Test
    void thePageIsMadeFromTheTable() {
        Document.hold("docs/settings.md", settings.document());
    }

    private static boolean isTest(Path file) {
        String path = file.toString();
        return path.contains("src/test/") || path.startsWith("it-tests/");
    }
}
