package com.books.bookstore.connector.generator;

import java.util.List;
import java.util.stream.Collectors;

/** The page that describes the operations to people. */
final class ReferencePage {

    private ReferencePage() {}

    static String of(Connector connector) {
        StringBuilder page = new StringBuilder("# Operations of the connector " + connector.name() + "\n\n"
                + "Generated from the OpenAPI definitions. Every operation also takes `responseVariable` and `overwriteBody`.\n\n"
                + "## Connection\n\n" + table(connector.connection()));
        for (Operation operation : connector.operations()) {
            page.append("\n## " + connector.name() + "." + operation.name() + "\n\n" + operation.summary() + ". "
                    + operation.description() + "\n\n`" + operation.method() + " " + operation.path() + "`"
                    + (operation.secured() ? "" : ", without an access token") + "\n");
            if (!operation.parameters().isEmpty()) {
                page.append("\n" + table(operation.parameters()));
            }
        }
        return page.toString();
    }

    private static String table(List<Parameter> parameters) {
        return "| parameter | needed | |\n|---|---|---|\n"
                + parameters.stream()
                        .map(parameter ->
                                "| `" + parameter.name() + "` | " + (parameter.required() ? "yes" : "no") + " | "
                                        + parameter.description().replace("|", "\\|")
                                        + (parameter.defaultValue().isEmpty()
                                                        || parameter.in().equals("body")
                                                ? ""
                                                : " Default: " + parameter.defaultValue())
                                        + " |\n")
                        .collect(Collectors.joining());
    }
}
