package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.build.Module.Arrow;
import com.books.bookstore.build.Module.Group;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What depends on what: the picture in the architecture is drawn from the POMs, and its arrows go down only. */
class ModulesTest {

    /** The types that only WSO2's fork of Synapse has. The server brings them, so nothing of embedded/ is deployed with a product. */
    private static final String API_OF_THE_SERVER = "bookstore-mi-api";

    private static final List<Module> MODULES =
            Module.all().stream().sorted(Comparator.comparing(Module::name)).toList();

    private static final Map<String, Module> BY_NAME =
            MODULES.stream().collect(Collectors.toMap(Module::name, Function.identity()));

    @Test
    void noArrowGoesUp() {
        for (Module module : MODULES) {
            for (Arrow arrow : module.arrows()) {
                Module target = BY_NAME.get(arrow.to());
                if (arrow.ofTheProduct() && !allowed(arrow)) {
                    assertThat(target.group())
                            .as(module.name() + " -> " + target.name() + " (" + arrow.scope() + ")")
                            .isGreaterThanOrEqualTo(module.group());
                }
            }
        }
    }

    private static boolean allowed(Arrow arrow) {
        return arrow.to().equals(API_OF_THE_SERVER) && arrow.scope().equals("provided");
    }

    /** Not even a product's tests need what tests the whole. */
    @Test
    void nothingDependsOnTheTestsButTests() {
        for (Module module : MODULES) {
            if (module.group() != Group.TESTS) {
                assertThat(module.arrows())
                        .extracting(arrow -> BY_NAME.get(arrow.to()).group())
                        .as(module.name())
                        .doesNotContain(Group.TESTS);
            }
        }
    }

    /** A whole build leaves them out of their modules: one that is not listed would not run. */
    @Test
    void theSlowTestsOfTheStandInsRunInAWholeBuild() {
        Element leaf = Repository.xml(Path.of("it-tests/slow-tests/pom.xml"));
        List<String> run = Repository.children(leaf, "dependencies", "dependency").stream()
                .filter(dependency -> Repository.value(dependency, "classifier").equals("slow-tests"))
                .map(dependency -> Repository.value(dependency, "artifactId"))
                .toList();

        assertThat(MODULES)
                .filteredOn(module -> module.group() == Group.EMBEDDED)
                .filteredOn(module -> Repository.files().stream()
                        .filter(file -> file.startsWith(module.folder() + "/src/test/java")
                                && file.toString().endsWith(".java"))
                        .anyMatch(file -> Repository.text(file).contains("@Tag(\"slow\")")))
                .extracting(Module::name)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(run);
    }

    @Test
    void thePictureInTheArchitectureIsWhatTheBuildKnows() {
        Document.hold("docs/architecture.md", "```mermaid\nflowchart TB\n", "```\n", picture());
    }

    private static String picture() {
        StringBuilder text = new StringBuilder();
        for (Group group : Group.values()) {
            text.append("    subgraph ")
                    .append(group.name().toLowerCase(java.util.Locale.ROOT))
                    .append(" [\"")
                    .append(group.title())
                    .append("\"]\n");
            for (Module module : MODULES) {
                if (module.group() == group) {
                    text.append("        ").append(module.name()).append('\n');
                }
            }
            text.append("    end\n");
        }
        for (Module module : MODULES) {
            Map<String, Set<String>> targets = new TreeMap<>();
            module.arrows()
                    .forEach(arrow -> targets.computeIfAbsent(line(arrow), line -> new TreeSet<>())
                            .add(arrow.to()));
            targets.forEach((line, names) -> text.append("    ")
                    .append(module.name())
                    .append(line)
                    .append(String.join(" & ", names))
                    .append('\n'));
        }
        return text.toString();
    }

    private static String line(Arrow arrow) {
        return switch (arrow.scope()) {
            case "compile", "runtime" -> " --> ";
            default -> " -. " + arrow.scope() + " .-> ";
        };
    }
}
