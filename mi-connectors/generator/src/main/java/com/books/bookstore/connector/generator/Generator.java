package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a connector. Arguments: folder to write to, name, display name, connection type, description, folder of the definitions, and their
 * file names. The connector's files come to {@code connector/}, beside it {@code reference.md} and {@code meta.json} of the connector store.
 */
public final class Generator {

    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private final Path folder;

    private Generator(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if a definition cannot be read or a file cannot be written */
    public static void main(String[] arguments) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (String file : arguments[6].split(" ")) {
            operations.addAll(ApiDefinition.read(Path.of(arguments[5], file)).operations());
        }
        new Generator(Path.of(arguments[0]))
                .write(new Connector(arguments[1], arguments[2], arguments[4], arguments[3], operations));
    }

    private void write(Connector connector) throws IOException {
        write("connector/connector.xml", Templates.connector(connector));
        write("connector/config/component.xml", Templates.configComponent());
        write("connector/config/init.xml", Templates.init(connector));
        write("connector/operations/component.xml", Templates.operationsComponent(connector));
        write("connector/uischema/connection.json", Forms.connection(connector));
        for (Operation operation : connector.operations()) {
            write("connector/operations/" + operation.name() + ".xml", Templates.operation(operation));
            write("connector/uischema/" + operation.name() + ".json", Forms.operation(connector, operation));
            write("connector/outputschema/" + operation.name() + ".json", Forms.outputSchema(operation));
        }
        write("reference.md", ReferencePage.of(connector));
        write("meta.json", Forms.storeEntry(connector));
    }

    private void write(String file, JsonNode content) throws IOException {
        write(file, JsonMapper.builder().build().writer(PRINTER).writeValueAsString(content) + "\n");
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
