package com.books.bookstore.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of settings in docs/settings.yaml.
 *
 * @param others names of the same form that are no settings, and what they are
 */
record Settings(List<Section> sections, List<Family> families, Map<String, String> others) {

    /**
     * Settings of one subject.
     *
     * @param wrong what a missing or invalid value does, unless the row says something else
     */
    record Section(String title, String readers, String wrong, String before, String after, List<Setting> settings) {}

    /**
     * One setting.
     *
     * @param standard its default; null if there is none
     * @param unit unit or format
     */
    record Setting(
            String name,

            @com.fasterxml.jackson.annotation.JsonProperty("default")
            String standard,

            String unit,
            String meaning,
            String wrong) {}

    /** Names made of a prefix and a key. */
    record Family(String prefix, String where) {}

    static Settings read() {
        try {
            return new YAMLMapper().readValue(Repository.text("docs/settings.yaml"), Settings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Stream<Setting> all() {
        return sections.stream().flatMap(section -> section.settings().stream());
    }

    boolean knows(String name) {
        return all().anyMatch(setting -> setting.name().equals(name))
                || families.stream().anyMatch(family -> name.startsWith(family.prefix()))
                || others.containsKey(name);
    }

    /** docs/settings.md */
    String document() {
        StringBuilder text = new StringBuilder("""
                <!-- Made from settings.yaml: mvn -pl build-tools/checks test -Dbookstore.write=true -->
                # Settings

                Settings are environment variables; on MI and on the embedded runtime a system property of the same name wins. They are read when the CARs
                are deployed: restart after a change. The log names a setting that is missing or invalid. What it does is in the last column, or below the
                heading for the whole table.

                [`config.env`](../deployment/kubernetes/config.env) and [`secret.env`](../deployment/kubernetes/secret.env) list those without a suitable default for MI.
                `./bookstore up` sets database, identity and SMTP settings unless the environment does.
                """);
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append("Read by ")
                    .append(section.readers())
                    .append(". Missing or invalid: ")
                    .append(section.wrong())
                    .append(".\n\n");
            if (section.before() != null) {
                text.append(section.before().strip()).append("\n\n");
            }
            text.append(
                    "| variable | default | unit or format | meaning | missing or invalid |\n|---|---|---|---|---|\n");
            for (Setting setting : section.settings()) {
                text.append("| `")
                        .append(setting.name())
                        .append("` | ")
                        .append(standard(setting))
                        .append(" | ")
                        .append(orEmpty(setting.unit()))
                        .append(" | ")
                        .append(setting.meaning())
                        .append(" | ")
                        .append(orEmpty(setting.wrong()))
                        .append(" |\n");
            }
            if (section.after() != null) {
                text.append('\n').append(section.after().strip()).append('\n');
            }
        }
        text.append("\n## Elsewhere\n\n");
        for (Family family : families) {
            text.append("- `")
                    .append(family.prefix())
                    .append("...`: ")
                    .append(family.where())
                    .append('\n');
        }
        text.append(
                "- [`configure.sh`](../scim-workflows/identity-server/configure.sh) explains its variables in its first lines.\n");
        return text.toString();
    }

    private static String standard(Setting setting) {
        if (setting.standard() == null) {
            return "none";
        }
        String standard = setting.standard();
        if (standard.isEmpty()) {
            return "empty";
        }
        return standard.equals("generated") || standard.contains("`") ? standard : "`" + standard + "`";
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
