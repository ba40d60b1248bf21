package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes the files of a connector and the documents about it. */
public final class Generator {

    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private static final List<String> SAME_FOR_ALL =
            List.of("descriptor.yml", "icon/icon-small.png", "icon/icon-large.png");

    private final Path folder;

    private Generator(Path folder) {
        this.folder = folder;
    }

    /**
     * Arguments: the folder with {@code connector.yaml}, and the folder to write the connector's files to.
     *
     * @throws IOException if a definition cannot be read or a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /**
     * @param source with {@code connector.yaml}
     * @param target gets the connector's files
     * @throws IOException if a definition cannot be read or a file cannot be written
     */
    public static void write(Path source, Path target) throws IOException {
        new Generator(target).write(Connector.read(source));
    }

    /**
     * The page that describes the operations of a generated connector, in Markdown.
     *
     * @param source with {@code connector.yaml}
     * @throws IOException if a definition cannot be read
     */
    public static String referencePage(Path source) throws IOException {
        return ReferencePage.of(Connector.read(source));
    }

    /**
     * The entry of a connector in the connector store, as JSON.
     *
     * @param source  with {@code connector.yaml}
     * @param files   the connector's files
     * @param version of the release
     * @throws IOException if a file cannot be read
     */
    public static String storeEntry(Path source, Path files, String version) throws IOException {
        return json(StoreEntry.of(Connector.read(source), files, version));
    }

    private void write(Connector connector) throws IOException {
        write("connector.xml", Templates.connector(connector));
        write("config/component.xml", Templates.configComponent());
        write("config/init.xml", Templates.init(connector));
        write("operations/component.xml", Templates.operationsComponent(connector));
        write("uischema/connection.json", json(Forms.connection(connector)));
        for (Operation operation : connector.operations()) {
            write("operations/" + operation.name() + ".xml", Templates.operation(operation));
            write("uischema/" + operation.name() + ".json", json(Forms.operation(connector, operation)));
            write("outputschema/" + operation.name() + ".json", json(Forms.outputSchema(operation)));
        }
        for (String file : SAME_FOR_ALL) {
            try (InputStream in = Generator.class.getResourceAsStream("/" + file)) {
                Files.copy(in, created(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String json(JsonNode content) throws IOException {
        return JsonMapper.builder().build().writer(PRINTER).writeValueAsString(content) + "\n";
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(created(file), content);
    }

    private Path created(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return path;
    }
}
