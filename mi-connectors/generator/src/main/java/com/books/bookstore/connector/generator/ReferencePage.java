package com.books.bookstore.connector.generator;

import java.util.List;
import java.util.stream.Collectors;

/** The page that describes the operations to people, each with a flow that the tests run. */
final class ReferencePage {

    private static final String FENCE = "```";

    private ReferencePage() {}

    static String of(Connector connector) {
        StringBuilder page = new StringBuilder("# Operations of the connector " + connector.name() + "\n\n"
                + "Made from the OpenAPI definitions. Every operation also takes `responseVariable` and `overwriteBody`.\n\n"
                + "## Connection\n\n" + table(connector.connection()));
        for (Operation operation : connector.operations()) {
            page.append("\n## " + connector.name() + "." + operation.name() + "\n\n" + operation.help() + "\n\n`"
                    + operation.method() + " " + operation.path() + "`"
                    + (operation.secured() ? "" : ", without an access token") + "\n");
            if (!operation.parameters().isEmpty()) {
                page.append("\n" + table(operation.parameters()));
            }
            page.append("\n" + flow(connector, operation));
        }
        return page.toString();
    }

    /** A call with what is required, and the body that it takes. */
    private static String flow(Connector connector, Operation operation) {
        String call = connector.name() + "." + operation.name();
        StringBuilder flow = new StringBuilder(FENCE + "xml\n<" + call + " configKey=\"shop\">\n");
        String body = "";
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("body")) {
                body = FENCE + "json\n" + parameter.example() + "\n" + FENCE + "\n";
                element(flow, parameter.name(), "{json-eval($)}");
            } else if (parameter.required()) {
                element(flow, parameter.name(), parameter.example());
            }
        }
        element(flow, "overwriteBody", "true");
        return flow + "</" + call + ">\n" + FENCE + "\n" + (body.isEmpty() ? "" : "\nThe message:\n\n" + body);
    }

    private static void element(StringBuilder flow, String name, String value) {
        flow.append("    <" + name + ">" + Templates.escaped(value) + "</" + name + ">\n");
    }

    private static String table(List<Parameter> parameters) {
        return "| parameter | needed | |\n|---|---|---|\n"
                + parameters.stream()
                        .map(parameter -> "| `" + parameter.name() + "` | " + (parameter.required() ? "yes" : "no")
                                + " | " + described(parameter).replace("|", "\\|") + " |\n")
                        .collect(Collectors.joining());
    }

    private static String described(Parameter parameter) {
        String text = parameter.description();
        if (!parameter.values().isEmpty()) {
            text = sentence(text) + " One of "
                    + parameter.values().stream()
                            .map(value -> "`" + value + "`")
                            .collect(Collectors.joining(", "));
        }
        return parameter.defaultValue().isEmpty() || parameter.in().equals("body")
                ? text
                : sentence(text) + " Default: `" + parameter.defaultValue() + "`";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
