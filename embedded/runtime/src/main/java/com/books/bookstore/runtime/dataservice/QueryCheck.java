package com.books.bookstore.runtime.dataservice;

import static com.books.bookstore.runtime.dataservice.DefinitionGrammar.problem;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Checks queries and operations: what they refer to, and what the engine would refuse only at the first call. */
final class QueryCheck {

    /** The id of a configuration that queries without {@code useConfig} refer to. */
    private static final String DEFAULT_CONFIG = "default";

    private final String file;
    private final DefinitionProperties properties;
    private final Map<String, DefinitionElement> queries = new HashMap<>();
    private final UnaryOperator<String> jsonMappingProblem;

    /**
     * @param queries            all queries of the definition
     * @param jsonMappingProblem what is wrong with a JSON result mapping, or null
     */
    QueryCheck(
            String file,
            DefinitionProperties properties,
            Stream<DefinitionElement> queries,
            UnaryOperator<String> jsonMappingProblem) {
        this.file = file;
        this.properties = properties;
        this.jsonMappingProblem = jsonMappingProblem;
        queries.forEach(query -> this.queries.put(query.attribute("id"), query));
    }

    void checkQuery(DefinitionElement query, Set<String> configs) {
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
                .forEach(each -> properties.of(each).forEach((name, property) -> {
                    if (!DefinitionGrammar.QUERY_PROPERTIES.contains(name)) {
                        throw problem(property, file, "the property '" + name + "' is not supported in a <query>");
                    }
                    property.setText(properties.resolved(property));
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
        query.children("result").forEach(result -> checkResult(result));
    }

    private void checkResult(DefinitionElement result) {
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

    void checkOperation(DefinitionElement operation) {
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
