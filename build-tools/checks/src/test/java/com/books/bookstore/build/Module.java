package com.books.bookstore.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * A module of this build that makes something: an artifact, a CAR, a site or tests.
 *
 * @param name its artifact
 * @param folder where it lies
 * @param arrows its dependencies on other modules
 */
record Module(String name, String folder, Group group, List<Arrow> arrows) {

    private static final String OURS = "com.books.bookstore";

    /** In the order of the picture: an arrow goes to its own group or a later one. */
    enum Group {
        TESTS("Tests, measurements and build"),
        EMBEDDED("embedded/: stand-ins"),
        PRODUCTS("Products");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** A dependency: its target and Maven's scope. */
    record Arrow(String to, String scope) {

        /** Whether what is deployed needs it; what a module's own tests use does not count. */
        boolean ofTheProduct() {
            return !scope.equals("test");
        }
    }

    static List<Module> all() {
        List<Module> modules = new ArrayList<>();
        for (Path pom : Repository.poms()) {
            Element project = Repository.xml(pom);
            if (Repository.children(project, "modules").isEmpty() && pom.getParent() != null && !isForTheEditor(pom)) {
                modules.add(of(pom, project));
            }
        }
        return modules;
    }

    /** Folders with artifacts are projects for an editor; carbon-apps packs them. */
    private static boolean isForTheEditor(Path pom) {
        return Repository.text(pom).contains("<projectType>integration-project</projectType>");
    }

    private static Module of(Path pom, Element project) {
        String folder = pom.getParent().toString();
        Map<String, String> scopes = managedScopes(pom);
        List<Arrow> arrows = new ArrayList<>();
        for (Element dependency : Repository.children(project, "dependencies", "dependency")) {
            if (Repository.value(dependency, "groupId").equals(OURS)) {
                String to = Repository.value(dependency, "artifactId");
                String scope = Repository.value(dependency, "scope");
                arrows.add(new Arrow(to, scope.isEmpty() ? scopes.getOrDefault(to, "compile") : scope));
            }
        }
        return new Module(Repository.value(project, "artifactId"), folder, group(folder, project), arrows);
    }

    private static Group group(String folder, Element project) {
        if (folder.startsWith("embedded/")) {
            return Group.EMBEDDED;
        }
        boolean shipped = Repository.children(project, "properties").stream()
                .noneMatch(properties ->
                        Repository.value(properties, "maven.deploy.skip").equals("true"));
        return shipped ? Group.PRODUCTS : Group.TESTS;
    }

    private static Map<String, String> managedScopes(Path pom) {
        Map<String, String> scopes = new HashMap<>();
        for (Path folder = pom.getParent(); ; folder = folder.getParent()) {
            Path file = folder == null ? Path.of("pom.xml") : folder.resolve("pom.xml");
            if (Repository.ROOT.resolve(file).toFile().isFile()) {
                for (Element managed : Repository.children(
                        Repository.xml(file), "dependencyManagement", "dependencies", "dependency")) {
                    String scope = Repository.value(managed, "scope");
                    if (!scope.isEmpty()) {
                        scopes.putIfAbsent(Repository.value(managed, "artifactId"), scope);
                    }
                }
            }
            if (folder == null) {
                return scopes;
            }
        }
    }
}
