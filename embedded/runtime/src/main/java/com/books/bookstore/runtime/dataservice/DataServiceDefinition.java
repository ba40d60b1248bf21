package com.books.bookstore.runtime.dataservice;

import static com.books.bookstore.runtime.dataservice.DefinitionGrammar.problem;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A checked .dbs file: its service name, the connections that its configurations ask for, and the text for the engine,
 * in which every configuration names its pool.
 */
final class DataServiceDefinition {

    private final String file;
    private final DefinitionElement root;
    private final DefinitionProperties properties;
    private final Map<DefinitionElement, ConnectionSettings> connections = new LinkedHashMap<>();

    /**
     * Reads and checks a definition.
     *
     * @param variables the value of a {@code $SYSTEM} variable by its name, or null
     * @param jsonMappingProblem what is wrong with a JSON result mapping, or null
     * @throws DataServiceDeploymentException naming the first thing that is wrong
     */
    DataServiceDefinition(
            String xml, String file, UnaryOperator<String> variables, UnaryOperator<String> jsonMappingProblem) {
        this.file = file;
        this.properties = new DefinitionProperties(file, variables);
        this.root = DefinitionElement.parse(xml, file);
        DefinitionGrammar.check(root, file);
        Set<String> configs = uniqueIds("config", "id");
        uniqueIds("query", "id");
        uniqueIds("operation", "name");
        ConfigReader reader = new ConfigReader(file, properties);
        root.children("config").forEach(config -> connections.put(config, reader.settings(config)));
        QueryCheck check = new QueryCheck(file, properties, root.children("query"), jsonMappingProblem);
        root.children("query").forEach(query -> check.checkQuery(query, configs));
        root.children("operation").forEach(check::checkOperation);
    }

    String serviceName() {
        return root.attribute("name");
    }

    DefinitionElement root() {
        return root;
    }

    /** The configurations and what they ask for. */
    Map<DefinitionElement, ConnectionSettings> connections() {
        return connections;
    }

    /**
     * The definition as the engine gets it.
     *
     * @param pools the name under which the engine asks for the pool of each configuration
     */
    String engineText(Map<DefinitionElement, String> pools) {
        connections.forEach((config, settings) -> {
            Map<String, String> values = new TreeMap<>();
            properties.of(config).forEach((name, property) -> {
                if (DefinitionGrammar.ENGINE_CONFIG_PROPERTIES.contains(name)) {
                    values.put(name, property.text());
                }
            });
            values.put("carbon_datasource_name", pools.get(config));
            if (settings.url() != null) {
                // The engine chooses <sql dialect=".."> and the fetch size by the URL's prefix.
                values.put("url", settings.url());
            }
            config.children().clear();
            values.forEach((name, value) -> {
                DefinitionElement property = new DefinitionElement("property", config.line());
                property.attributes().put("name", name);
                property.setText(value);
                config.children().add(property);
            });
        });
        return root.toXml();
    }

    private Set<String> uniqueIds(String element, String attribute) {
        Set<String> seen = new HashSet<>();
        root.children(element).forEach(each -> {
            if (!seen.add(each.attribute(attribute))) {
                throw problem(
                        each,
                        file,
                        "there is another one with the " + attribute + " '" + each.attribute(attribute) + "'");
            }
        });
        return seen;
    }
}
