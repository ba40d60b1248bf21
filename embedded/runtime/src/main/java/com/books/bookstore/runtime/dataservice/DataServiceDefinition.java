package com.books.bookstore.runtime.dataservice;

import static com.books.bookstore.runtime.dataservice.DefinitionGrammar.problem;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checked .dbs file: its service name, the connections that its configurations ask for, and the text for the engine,
 * in which every configuration names its pool.
 */
final class DataServiceDefinition {

    /** The id of a configuration that queries without {@code useConfig} refer to. */
    private static final String DEFAULT_CONFIG = "default";

    private static final Pattern SYSTEM_VARIABLE = Pattern.compile("\\$SYSTEM:([_a-zA-Z0-9]+)");
    private static final Pattern OTHER_VARIABLE =
            Pattern.compile("\\$(FILE|CUSTOM_\\w*|SYSTEM):?.*|\\$\\{configs\\..*");

    private final String file;
    private final DefinitionElement root;
    private final UnaryOperator<String> variables;
    private final Map<String, DefinitionElement> queries = new HashMap<>();
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
        this.variables = variables;
        this.root = DefinitionElement.parse(xml, file);
        DefinitionGrammar.check(root, file);
        Set<String> configs = uniqueIds("config", "id");
        uniqueIds("query", "id");
        uniqueIds("operation", "name");
        root.children("config").forEach(config -> connections.put(config, settings(config)));
        root.children("query").forEach(query -> queries.put(query.attribute("id"), query));
        root.children("query").forEach(query -> checkQuery(query, configs, jsonMappingProblem));
        root.children("operation").forEach(this::checkOperation);
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
            Map<String, String> properties = new TreeMap<>();
            propertiesOf(config).forEach((name, property) -> {
                if (DefinitionGrammar.ENGINE_CONFIG_PROPERTIES.contains(name)) {
                    properties.put(name, property.text());
                }
            });
            properties.put("carbon_datasource_name", pools.get(config));
            if (settings.url() != null) {
                // The engine chooses <sql dialect=".."> and the fetch size by the URL's prefix.
                properties.put("url", settings.url());
            }
            config.children().clear();
            properties.forEach((name, value) -> {
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

    private ConnectionSettings settings(DefinitionElement config) {
        Map<String, String> values = new HashMap<>();
        propertiesOf(config).forEach((name, property) -> {
            if (!DefinitionGrammar.CONNECTION_PROPERTIES.contains(name)
                    && !DefinitionGrammar.POOL_PROPERTIES.contains(name)
                    && !DefinitionGrammar.ENGINE_CONFIG_PROPERTIES.contains(name)) {
                throw problem(property, file, "the property '" + name + "' is not supported in a <config>");
            }
            property.setText(resolved(property));
            if (!property.text().isEmpty()) {
                values.put(name, property.text());
            }
        });
        String name = values.get("carbon_datasource_name");
        if (name == null && (values.get("url") == null || values.get("driverClassName") == null)) {
            throw problem(config, file, "needs driverClassName and url, or carbon_datasource_name");
        }
        if (name != null && values.get("url") != null) {
            throw problem(config, file, "has both a url and a carbon_datasource_name");
        }
        Map<String, String> pool = new HashMap<>(values);
        pool.keySet().retainAll(DefinitionGrammar.POOL_PROPERTIES);
        for (String number : List.of("maxActive", "minIdle", "maxIdle", "initialSize", "maxWait", "maxAge")) {
            if (pool.containsKey(number) && !pool.get(number).trim().matches("\\d{1,9}")) {
                throw problem(config, file, "the property '" + number + "' must be a whole number");
            }
        }
        return new ConnectionSettings(
                name,
                values.get("driverClassName"),
                values.get("url"),
                values.get("username"),
                values.get("password"),
                pool);
    }

    private Map<String, DefinitionElement> propertiesOf(DefinitionElement owner) {
        Map<String, DefinitionElement> properties = new LinkedHashMap<>();
        owner.children("property").forEach(property -> {
            if (properties.put(property.attribute("name"), property) != null) {
                throw problem(property, file, "the property '" + property.attribute("name") + "' is given twice");
            }
        });
        return properties;
    }

    private String resolved(DefinitionElement property) {
        String text = property.text().trim();
        Matcher variable = SYSTEM_VARIABLE.matcher(text);
        if (variable.matches()) {
            String value = variables.apply(variable.group(1));
            if (value == null) {
                throw problem(
                        property,
                        file,
                        "'" + property.attribute("name") + "' refers to " + text
                                + ", but there is neither a system property nor an environment variable of that name");
            }
            return value;
        }
        if (OTHER_VARIABLE.matcher(text).matches()) {
            throw problem(
                    property,
                    file,
                    "'" + property.attribute("name") + "' can only refer to a variable as $SYSTEM:NAME");
        }
        return text;
    }

    private void checkQuery(DefinitionElement query, Set<String> configs, UnaryOperator<String> jsonMappingProblem) {
        String config = query.attribute("useConfig") == null ? DEFAULT_CONFIG : query.attribute("useConfig");
        if (!configs.contains(config)) {
            throw problem(query, file, "uses the config '" + config + "', which does not exist");
        }
        if (query.children("sql").noneMatch(sql -> !sql.text().isBlank())) {
            throw problem(query, file, "has no <sql>");
        }
        atMostOne(query, "result");
        atMostOne(query, "properties");
        query.children("properties")
                .forEach(properties -> propertiesOf(properties).forEach((name, property) -> {
                    if (!DefinitionGrammar.QUERY_PROPERTIES.contains(name)) {
                        throw problem(property, file, "the property '" + name + "' is not supported in a <query>");
                    }
                    property.setText(resolved(property));
                }));
        Set<String> params = new HashSet<>();
        query.children("param").forEach(param -> {
            if (!params.add(param.attribute("name"))) {
                throw problem(param, file, "there is another one with the name '" + param.attribute("name") + "'");
            }
        });
        query.children("sql")
                .forEach(sql -> new SqlParameters(params).problem(sql.text()).ifPresent(problem -> {
                    throw problem(sql, file, problem);
                }));
        query.children("result").forEach(result -> checkResult(result, jsonMappingProblem));
    }

    private void checkResult(DefinitionElement result, UnaryOperator<String> jsonMappingProblem) {
        if ("json".equals(result.attribute("outputType"))) {
            if (!result.children().isEmpty()) {
                throw problem(result.children().get(0), file, "a JSON result is described by text only");
            }
            String problem = jsonMappingProblem.apply(result.text());
            if (problem != null) {
                throw problem(result, file, "the JSON mapping is wrong: " + problem);
            }
            return;
        }
        if (!result.text().isBlank()) {
            throw problem(result, file, "text is allowed with outputType=\"json\" only");
        }
        result.all().skip(1).forEach(this::checkOutput);
    }

    private void checkOutput(DefinitionElement output) {
        switch (output.name()) {
            case "call-query" -> checkCallQuery(output);
            case "element", "attribute" -> {
                long sources = List.of("column", "query-param", "value").stream()
                        .filter(source -> output.attributes().containsKey(source))
                        .count();
                boolean group =
                        output.name().equals("element") && !output.children().isEmpty();
                if (group ? sources != 0 : sources != 1) {
                    throw problem(
                            output,
                            file,
                            group
                                    ? "has children and a source of its own"
                                    : "needs exactly one of column, query-param and value");
                }
            }
            default -> {}
        }
    }

    private void checkOperation(DefinitionElement operation) {
        List<DefinitionElement> calls = operation.children("call-query").toList();
        if (calls.size() != 1) {
            throw problem(operation, file, "needs exactly one <call-query>");
        }
        checkCallQuery(calls.get(0));
        DefinitionElement query = queries.get(calls.get(0).attribute("href"));
        query.children("result").forEach(result -> {
            if (result.attribute("element") == null && !"json".equals(result.attribute("outputType"))) {
                throw problem(
                        result,
                        file,
                        "needs the attribute 'element', because the operation '" + operation.attribute("name")
                                + "' answers with it");
            }
        });
    }

    private void checkCallQuery(DefinitionElement call) {
        DefinitionElement query = queries.get(call.attribute("href"));
        if (query == null) {
            throw problem(call, file, "calls the query '" + call.attribute("href") + "', which does not exist");
        }
        call.children("with-param").forEach(withParam -> {
            String name = withParam.attribute("name");
            if (query.children("param").noneMatch(param -> name.equals(param.attribute("name")))) {
                throw problem(
                        withParam, file, "the query '" + call.attribute("href") + "' has no param '" + name + "'");
            }
            if ((withParam.attribute("query-param") == null) == (withParam.attribute("column") == null)) {
                throw problem(withParam, file, "needs either query-param or column");
            }
        });
    }

    private void atMostOne(DefinitionElement parent, String child) {
        List<DefinitionElement> all = parent.children(child).toList();
        if (all.size() > 1) {
            throw problem(all.get(1), file, "there is more than one in this <" + parent.name() + ">");
        }
    }
}
