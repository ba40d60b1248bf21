package com.books.bookstore.runtime.dataservice;

import static com.books.bookstore.runtime.dataservice.DefinitionGrammar.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a {@code <config>} asks for: a connection of its own, or a data source by name. */
final class ConfigReader {

    private final String file;
    private final DefinitionProperties properties;

    ConfigReader(String file, DefinitionProperties properties) {
        this.file = file;
        this.properties = properties;
    }

    /** @throws DataServiceDeploymentException naming the first thing that is wrong */
    ConnectionSettings settings(DefinitionElement config) {
        Map<String, String> values = new HashMap<>();
        properties.of(config).forEach((name, property) -> {
            if (!DefinitionGrammar.CONNECTION_PROPERTIES.contains(name)
                    && !DefinitionGrammar.POOL_PROPERTIES.contains(name)
                    && !DefinitionGrammar.ENGINE_CONFIG_PROPERTIES.contains(name)) {
                throw problem(property, file, "the property '" + name + "' is not supported in a <config>");
            }
            property.setText(properties.resolved(property));
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
}
