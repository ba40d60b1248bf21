package com.books.bookstore.runtime.car;

import com.books.bookstore.embedded.Settings;
import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.dataservice.DataServiceDeploymentException;
import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.engine.ArtifactDeployer;
import com.books.bookstore.runtime.engine.DeploymentScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys CARs into an engine. Either every artifact of every CAR is deployed, or none will ever run: the first failure is thrown, and the
 * caller gives the engine up.
 *
 * <p>Not thread-safe.
 */
public final class CarDeployer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarDeployer.class);

    private static final String MEDIATOR_JAR = "lib/synapse/mediator";
    private static final String CONNECTOR = "synapse/lib";
    /** {@code config.properties}, which every generated project has: the names of settings that it needs, mostly none. */
    private static final String SETTINGS = "config/property";

    /** What a catalog of services is told about an API or a proxy; no flow depends on it. */
    private static final String METADATA = "synapse/metadata";

    private static final Set<String> DEPLOYED_APART = Set.of(MEDIATOR_JAR, CONNECTOR, METADATA);

    /** What an artifact may need comes before it. */
    private static final List<String> ORDER = List.of(
            SETTINGS,
            "synapse/local-entry",
            "synapse/endpoint",
            "service/dataservice",
            "synapse/sequence",
            "synapse/template",
            "synapse/api",
            "synapse/task");

    private final ArtifactDeployer deployer;
    private final DataServiceEngine dataServices;
    private final List<CarClassLoader> classLoaders = new ArrayList<>();

    public CarDeployer(ArtifactDeployer deployer, DataServiceEngine dataServices) {
        this.deployer = deployer;
        this.dataServices = dataServices;
    }

    /**
     * Deploys the CARs, in the order of their dependencies.
     *
     * @param progress told the file name of each CAR once it is deployed
     * @throws DeploymentException naming CAR, file and, where one is known, line of the first mistake
     */
    public void deploy(List<CarSource> sources, Consumer<String> progress) {
        Map<CarFile, List<Path>> cars = new LinkedHashMap<>();
        for (CarSource source : sources) {
            if (ProjectFolder.isProject(source.path())) {
                List<Path> classPath = new ArrayList<>(source.classPath());
                classPath.addAll(ProjectFolder.ownClasses(source.path()));
                cars.put(
                        source.files().isEmpty()
                                ? ProjectFolder.read(source.path())
                                : ProjectFolder.read(source.path(), source.files()),
                        classPath);
            } else {
                cars.put(CarFile.read(source.path()), source.classPath());
            }
        }
        for (CarFile car : CarOrder.of(List.copyOf(cars.keySet()))) {
            deploy(car, cars.get(car));
            progress.accept(car.fileName());
        }
    }

    private void deploy(CarFile car, List<Path> classPath) {
        car.artifacts().stream()
                .filter(artifact -> CONNECTOR.equals(artifact.type()))
                .forEach(this::deployConnector);
        DeploymentScope scope = deployer.scope(classLoader(car, classPath));
        List<CarFile.Artifact> artifacts = new ArrayList<>();
        for (CarFile.Artifact artifact : car.artifacts()) {
            if (!DEPLOYED_APART.contains(artifact.type())) {
                if (!ORDER.contains(artifact.type())) {
                    throw new DeploymentException(artifact.location() + ": artifacts of type " + artifact.type()
                            + " are not supported by the embedded runtime");
                }
                artifacts.add(artifact);
            }
        }
        // The sort is stable: artifacts of one type stay in the order of artifacts.xml.
        artifacts.sort(Comparator.comparingInt(artifact -> ORDER.indexOf(artifact.type())));
        for (CarFile.Artifact artifact : artifacts) {
            deploy(artifact, scope);
            LOG.debug("Deployed {}", artifact.location());
        }
    }

    /** Its classes are seen by its own templates only, as on Micro Integrator. */
    private void deployConnector(CarFile.Artifact artifact) {
        ConnectorFile connector = ConnectorFile.read(artifact);
        CarClassLoader classLoader = CarClassLoader.of(artifact.fileName(), connector.jars(), List.of());
        classLoaders.add(classLoader);
        EngineMethods.check(artifact.location(), connector, classLoader);
        deployer.deployConnector(
                artifact.location(),
                connector.name(),
                connector.packageName(),
                connector.templates(),
                deployer.scope(classLoader));
    }

    private CarClassLoader classLoader(CarFile car, List<Path> classPath) {
        List<byte[]> jars = new ArrayList<>();
        for (CarFile.Artifact artifact : car.artifacts()) {
            if (MEDIATOR_JAR.equals(artifact.type())) {
                jars.add(artifact.content());
            }
        }
        CarClassLoader classLoader = CarClassLoader.of(car.fileName(), jars, classPath);
        classLoaders.add(classLoader);
        return classLoader;
    }

    private void deploy(CarFile.Artifact artifact, DeploymentScope scope) {
        if ("service/dataservice".equals(artifact.type())) {
            deployDataService(artifact);
            return;
        }
        if (SETTINGS.equals(artifact.type())) {
            checkSettings(artifact);
            return;
        }
        ArtifactXml xml = ArtifactXml.parse(artifact.location(), artifact.content());
        switch (artifact.type()) {
            case "synapse/local-entry":
                deployer.deployLocalEntry(xml);
                break;
            case "synapse/endpoint":
                deployer.deployEndpoint(xml);
                break;
            case "synapse/sequence":
                deployer.deploySequence(xml, scope);
                break;
            case "synapse/template":
                deployer.deployTemplate(xml, scope);
                break;
            case "synapse/api":
                deployer.deployApi(xml, scope);
                break;
            default:
                deployer.deployTask(xml);
        }
    }

    /** As on Micro Integrator, a setting without a value is logged and does not stop the deployment. */
    private static void checkSettings(CarFile.Artifact artifact) {
        Properties settings = new Properties();
        try {
            settings.load(new ByteArrayInputStream(artifact.content()));
        } catch (IOException | IllegalArgumentException e) {
            throw new DeploymentException(artifact.location() + ": not a properties file: " + e.getMessage(), e);
        }
        for (String name : settings.stringPropertyNames()) {
            if (Settings.value(name).isEmpty()) {
                LOG.warn(
                        "{}: the setting {} has no value. Set a system property or an environment variable of that name",
                        artifact.location(),
                        name);
            }
        }
    }

    private void deployDataService(CarFile.Artifact artifact) {
        try {
            dataServices.deploy(new String(artifact.content(), StandardCharsets.UTF_8), artifact.fileName());
        } catch (DataServiceDeploymentException e) {
            String car = artifact.location().substring(0, artifact.location().lastIndexOf('/') + 1);
            throw new DeploymentException(car + e.getMessage(), e);
        }
    }

    /** Gives the mediator jars back. The engine must not run any more. */
    @Override
    public void close() {
        for (CarClassLoader classLoader : classLoaders) {
            try {
                classLoader.close();
            } catch (IOException e) {
                LOG.debug("A mediator jar could not be removed", e);
            }
        }
    }
}
