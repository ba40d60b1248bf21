package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.connector.generator.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents beside the connectors say what the connectors have: a new API operation makes the pages differ. */
class ConnectorsTest {

    private static final String FOLDER = "mi-connectors/";

    private static final String VERSION = Repository.value(
            Repository.children(Repository.xml(Path.of("pom.xml")), "properties")
                    .get(0),
            "revision");

    @Test
    void everyDefinitionBelongsToAConnector() throws IOException {
        String connectors = Repository.text(FOLDER + "bookstore/connector.yaml")
                + Repository.text(FOLDER + "registration/connector.yaml");
        try (Stream<Path> definitions =
                Files.list(Repository.ROOT.resolve("sequences/src/main/wso2mi/resources/api-definitions"))) {
            assertThat(definitions.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(connectors).contains(file.replace(".yaml", "")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bookstore", "registration"})
    void theReferencePageDescribesTheOperationsOfTheDefinitions(String connector) throws IOException {
        Document.hold(FOLDER + connector + "/reference.md", Generator.referencePage(folder(connector)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bookstore", "registration", "rules"})
    void theEntryOfTheStoreListsOperationsAndParameters(String connector, @TempDir Path generated) throws IOException {
        Path files = folder(connector).resolve("src/main/connector");
        if (!files.resolve("connector.xml").toFile().isFile()) {
            files = generated;
            Generator.write(folder(connector), files);
        }
        Document.hold(
                FOLDER + connector + "/.connector-store/meta.json",
                Generator.storeEntry(folder(connector), files, VERSION));
        var logo = ImageIO.read(
                folder(connector).resolve(".connector-store/logo.png").toFile());
        assertThat(logo.getWidth()).isEqualTo(logo.getHeight()).isGreaterThanOrEqualTo(200);
    }

    private static Path folder(String connector) {
        return Repository.ROOT.resolve(FOLDER + connector);
    }
}
