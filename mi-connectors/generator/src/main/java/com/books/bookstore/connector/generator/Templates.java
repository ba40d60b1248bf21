package com.books.bookstore.connector.generator;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The XML files of a connector. */
final class Templates {

    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String PACKAGE = "com.books.bookstore.connector.api.";

    /** What the editor writes into a connection beside the settings. */
    private static final List<Parameter> EDITOR = List.of(
            new Parameter("connectionType", "connection", "The type of the connection, for the editor.", false, ""),
            new Parameter("name", "connection", "The name of the connection, for the editor.", false, ""));

    private Templates() {}

    static String connector(Connector connector) {
        return HEADER + "<connector>\n"
                + "    <component name=\"" + connector.name() + "\" package=\"com.books.bookstore.connector\">\n"
                + "        <dependency component=\"config\"/>\n"
                + "        <dependency component=\"operations\"/>\n"
                + "        <description>" + escaped(connector.description()) + "</description>\n"
                + "    </component>\n"
                + "    <displayName>" + escaped(connector.displayName()) + "</displayName>\n"
                + "    <icon>icon/icon-small.png</icon>\n"
                + "</connector>\n";
    }

    static String configComponent() {
        return component(
                "config",
                "        <component name=\"init\">\n"
                        + "            <file>init.xml</file>\n"
                        + "            <displayName>Connection</displayName>\n"
                        + "            <description>How to reach the bookstore</description>\n"
                        + "            <hidden>true</hidden>\n"
                        + "        </component>\n");
    }

    static String operationsComponent(Connector connector) {
        return component(
                "operations",
                connector.operations().stream()
                        .map(operation -> "        <component name=\"" + operation.name() + "\">\n"
                                + "            <file>" + operation.name() + ".xml</file>\n"
                                + "            <displayName>" + escaped(operation.displayName()) + "</displayName>\n"
                                + "            <description>" + escaped(operation.summary()) + "</description>\n"
                                + "        </component>\n")
                        .collect(Collectors.joining()));
    }

    private static String component(String name, String parts) {
        return HEADER + "<component name=\"" + name + "\" type=\"synapse/template\">\n    <subComponents>\n" + parts
                + "    </subComponents>\n</component>\n";
    }

    static String init(Connector connector) {
        List<Parameter> parameters =
                Stream.concat(EDITOR.stream(), connector.connection().stream()).toList();
        return template("init", parameters, "<class name=\"" + PACKAGE + "Connect\"/>");
    }

    static String operation(Operation operation) {
        StringBuilder call = new StringBuilder("<class name=\"" + PACKAGE + "CallOperation\">\n");
        setting(call, "method", operation.method());
        setting(call, "path", operation.path());
        setting(call, "query", wireNames(operation.in("query")));
        setting(call, "headers", wireNames(operation.in("header")));
        setting(
                call,
                "required",
                operation.parameters().stream()
                        .filter(Parameter::required)
                        .map(Parameter::name)
                        .collect(Collectors.joining(" ")));
        setting(call, "body", operation.hasBody() ? "true" : "");
        setting(call, "secured", operation.secured() ? "" : "false");
        return template(operation.name(), operation.allParameters(), call + "        </class>");
    }

    private static String wireNames(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::wireName).collect(Collectors.joining(" "));
    }

    private static void setting(StringBuilder call, String name, String value) {
        if (!value.isEmpty()) {
            call.append("            <property name=\"" + name + "\" value=\"" + escaped(value) + "\"/>\n");
        }
    }

    private static String template(String name, List<Parameter> parameters, String mediator) {
        return HEADER + "<template xmlns=\"http://ws.apache.org/ns/synapse\" name=\"" + name + "\">\n"
                + parameters.stream()
                        .map(parameter -> "    <parameter name=\"" + parameter.name() + "\" description=\""
                                + escaped(parameter.description()) + "\"/>\n")
                        .collect(Collectors.joining())
                + "    <sequence>\n        " + mediator + "\n    </sequence>\n</template>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The opposite of {@link #escaped}. */
    static String plain(String escaped) {
        return escaped.strip()
                .replace("&quot;", "\"")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }
}
