package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of an MI project, read as the CAR that WSO2's plugin would pack of it: {@code src/main/wso2mi/artifacts} with a folder for each
 * kind of artifact, and {@code src/main/wso2mi/resources/connectors}.
 */
final class ProjectFolder {

    private static final String SOURCES = "src/main/wso2mi";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("apis", "synapse/api"),
            Map.entry("data-services", "service/dataservice"),
            Map.entry("data-sources", "datasource/datasource"),
            Map.entry("endpoints", "synapse/endpoint"),
            Map.entry("inbound-endpoints", "synapse/inbound-endpoint"),
            Map.entry("local-entries", "synapse/local-entry"),
            Map.entry("message-processors", "synapse/message-processors"),
            Map.entry("message-stores", "synapse/message-store"),
            Map.entry("proxy-services", "synapse/proxy-service"),
            Map.entry("sequences", "synapse/sequence"),
            Map.entry("tasks", "synapse/task"),
            Map.entry("templates", "synapse/template"));

    private static final Map<String, String> ROOTS = Map.of(
            "api", "synapse/api",
            "endpoint", "synapse/endpoint",
            "localEntry", "synapse/local-entry",
            "sequence", "synapse/sequence",
            "template", "synapse/template",
            "task", "synapse/task",
            "data", "service/dataservice");

    private ProjectFolder() {}

    static boolean isProject(Path path) {
        return Files.isDirectory(path);
    }

    /** @throws DeploymentException if it is not the folder of a project, or has a kind of artifact that MI does not have */
    static CarFile read(Path project) {
        Path sources = project.resolve(SOURCES);
        if (!Files.isDirectory(sources)) {
            throw new DeploymentException("The folder " + project + " has no " + SOURCES + ": it is not an MI project");
        }
        String name = project.toAbsolutePath().normalize().getFileName().toString();
        List<CarFile.Artifact> artifacts = new ArrayList<>();
        for (Path folder : children(sources.resolve("artifacts"))) {
            if (Files.isDirectory(folder)) {
                String type = TYPES.get(folder.getFileName().toString());
                if (type == null) {
                    throw new DeploymentException(project.relativize(folder) + ": not a folder of artifacts");
                }
                children(folder).forEach(file -> artifacts.add(artifact(project, file, type)));
            }
        }
        for (Path file : children(sources.resolve("resources/connectors"))) {
            if (file.toString().endsWith(".zip")) {
                artifacts.add(artifact(project, file, "synapse/lib"));
            }
        }
        Path settings = sources.resolve("resources/conf/config.properties");
        if (Files.isRegularFile(settings)) {
            artifacts.add(artifact(project, settings, "config/property"));
        }
        return CarFile.of(name, name, artifacts);
    }

    /** Some files of a project: connectors, and artifacts whose root element says what they are. */
    static CarFile read(Path project, List<Path> files) {
        String name = project.toAbsolutePath().normalize().getFileName().toString();
        List<CarFile.Artifact> artifacts = new ArrayList<>();
        for (Path file : files) {
            CarFile.Artifact artifact = artifact(project, file, "synapse/lib");
            artifacts.add(
                    file.toString().endsWith(".zip")
                            ? artifact
                            : artifact(
                                    project, file, typeOf(ArtifactXml.parse(artifact.location(), artifact.content()))));
        }
        return CarFile.of(name, name, artifacts);
    }

    private static String typeOf(ArtifactXml artifact) {
        String root = artifact.root().getLocalName();
        String type = ROOTS.get(root);
        if (type == null) {
            throw artifact.error(artifact.root(), "<" + root + "> is not supported by the embedded runtime");
        }
        return type;
    }

    /** One file of a project as an artifact. */
    private static CarFile.Artifact artifact(Path project, Path file, String type) {
        String location = project.relativize(file).toString();
        String fileName = file.getFileName().toString();
        try {
            return new CarFile.Artifact(
                    fileName.replaceFirst("\\.[^.]*$", ""), type, location, fileName, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DeploymentException(location + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where Maven compiles the project's own classes to; none if there are none. */
    static List<Path> ownClasses(Path project) {
        Path classes = project.resolve("target/classes");
        return Files.isDirectory(classes) ? List.of(classes) : List.of();
    }

    /** In the order of their names; none if there is no such folder. Files of the system, such as {@code .gitkeep}, are left out. */
    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DeploymentException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
