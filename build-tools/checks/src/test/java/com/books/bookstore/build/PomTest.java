package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Nothing stands in a POM that nothing uses, and every version is a property of the root POM. */
class PomTest {

    private static final Path ROOT = Path.of("pom.xml");

    /** Read by Maven and its plugins under these names. */
    private static final Set<String> READ_BY_PLUGINS = Set.of(
            "excludedGroups",
            "argLine",
            "project.build.sourceEncoding",
            "project.build.outputTimestamp",
            "project.reporting.outputEncoding",
            "maven.compiler.release",
            "maven.compiler.testRelease",
            "maven.deploy.skip",
            "maven.javadoc.skip",
            "maven.source.skip",
            "maven.test.skip",
            "skipTests",
            "projectType",
            "project.runtime.version");

    /** Not named by a module: Maven's own life cycle runs them, and a module runs the last from the command line. */
    private static final Set<String> RUN_WITHOUT_BEING_NAMED =
            Set.of("maven-install-plugin", "maven-resources-plugin", "vscode-car-plugin");

    /** Pins the version that other libraries bring. */
    private static final Set<String> BROUGHT_BY_OTHERS = Set.of("httpcore", "httpcore-nio");

    private final String all =
            String.join("\n", Repository.poms().stream().map(Repository::text).toList());

    @Test
    void everyPropertyIsUsed() {
        List<String> unused = new ArrayList<>();
        for (Path pom : Repository.poms()) {
            for (Element properties : everywhere(Repository.xml(pom), "properties")) {
                NodeList children = properties.getChildNodes();
                for (int i = 0; i < children.getLength(); i++) {
                    if (children.item(i).getNodeType() == Node.ELEMENT_NODE
                            && properties.getParentNode() instanceof Element parent
                            && Set.of("project", "profile").contains(parent.getTagName())) {
                        String name = children.item(i).getNodeName();
                        if (!READ_BY_PLUGINS.contains(name) && !all.contains("${" + name + "}")) {
                            unused.add(pom + ": " + name);
                        }
                    }
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void everyManagedDependencyAndPluginIsUsedByAModule() {
        String modules = String.join(
                "\n",
                Repository.poms().stream()
                        .filter(pom -> !pom.equals(ROOT))
                        .map(Repository::text)
                        .toList());
        List<String> unused = new ArrayList<>();
        Element project = Repository.xml(ROOT);
        List<Element> managed =
                new ArrayList<>(Repository.children(project, "dependencyManagement", "dependencies", "dependency"));
        managed.addAll(Repository.children(project, "build", "pluginManagement", "plugins", "plugin"));
        for (Element entry : managed) {
            String name = Repository.value(entry, "artifactId");
            if (!Repository.value(entry, "scope").equals("import")
                    && !RUN_WITHOUT_BEING_NAMED.contains(name)
                    && !BROUGHT_BY_OTHERS.contains(name)
                    && !modules.contains("<artifactId>" + name + "</artifactId>")) {
                unused.add(name);
            }
        }
        assertThat(unused).isEmpty();
    }

    /** Its users have their own: one that it brought would decide for them. */
    @Test
    void theEmbeddedRuntimeBringsNothingThatWritesLogs() {
        assertThat(Stream.of("runtime", "commons", "mi-api")
                        .map(module -> Repository.xml(Path.of("embedded", module, "pom.xml")))
                        .flatMap(pom -> Repository.children(pom, "dependencies", "dependency").stream())
                        .filter(dependency ->
                                Repository.value(dependency, "artifactId").startsWith("logback")))
                .isNotEmpty()
                .allSatisfy(dependency ->
                        assertThat(Repository.value(dependency, "scope")).isEqualTo("test"));
    }

    @Test
    void versionsArePropertiesOfTheRootPom() {
        List<String> literal = new ArrayList<>();
        for (Path pom : Repository.poms()) {
            for (Element version : everywhere(Repository.xml(pom), "version")) {
                Element owner = (Element) version.getParentNode();
                if (Set.of("dependency", "plugin", "path", "artifactItem").contains(owner.getTagName())
                        && !version.getTextContent().strip().startsWith("${")) {
                    literal.add(pom + ": " + Repository.value(owner, "artifactId"));
                }
            }
        }
        assertThat(literal).isEmpty();
    }

    private static List<Element> everywhere(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }
}
