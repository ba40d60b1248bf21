package com.books.bookstore.runtime.dataservice;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The constructs of a .dbs file that the embedded runtime runs as Micro Integrator does. Micro Integrator itself skips
 * what it does not know; here every element, attribute and property must be listed, so that a typing mistake or a
 * construct that would do nothing fails the deployment.
 */
final class DefinitionGrammar {

    private static final Predicate<String> ANY = DefinitionGrammar::isAnything;
    private static final Predicate<String> NAME = Predicate.not(String::isBlank);
    private static final Predicate<String> BOOLEAN = inAnyCase("true", "false");
    private static final Predicate<String> INTEGER =
            Pattern.compile("-?\\d{1,18}").asMatchPredicate();
    private static final Predicate<String> DECIMAL =
            Pattern.compile("-?\\d+(\\.\\d+)?").asMatchPredicate();
    private static final Predicate<String> XML_NAME =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._-]*").asMatchPredicate();
    private static final Predicate<String> REGULAR_EXPRESSION = DefinitionGrammar::isRegularExpression;

    /** The engine fails at the first call with any other type, for example with DECIMAL: NUMERIC is its name here. */
    private static final Predicate<String> SQL_TYPE = inAnyCase(
            "STRING",
            "UUID",
            "CLOB",
            "QUERY_STRING",
            "NUMERIC",
            "BIT",
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "REAL",
            "DOUBLE",
            "BINARY",
            "BLOB",
            "DATE",
            "TIME",
            "TIMESTAMP");

    private static final Set<String> RESULT_CHILDREN = Set.of("element", "attribute", "call-query");

    private static final Map<String, Predicate<String>> OUTPUT_ATTRIBUTES = Map.of(
            "column",
            NAME,
            "query-param",
            NAME,
            "value",
            ANY,
            "xsdType",
            NAME,
            "export",
            NAME,
            "exportType",
            oneOf("SCALAR", "ARRAY"),
            "namespace",
            ANY,
            "optional",
            BOOLEAN,
            "arrayName",
            NAME);

    private static final Map<String, Construct> CONSTRUCTS = Map.ofEntries(
            Map.entry(
                    "data",
                    new Construct(
                            Map.of("name", NAME),
                            Map.of(
                                    "baseURI",
                                    ANY,
                                    "serviceNamespace",
                                    ANY,
                                    "serviceGroup",
                                    ANY,
                                    "enableBatchRequests",
                                    BOOLEAN,
                                    "enableBoxcarring",
                                    BOOLEAN,
                                    "disableLegacyBoxcarringMode",
                                    BOOLEAN,
                                    "disableStreaming",
                                    BOOLEAN,
                                    "transports",
                                    ANY,
                                    "serviceStatus",
                                    oneOf("active")),
                            Set.of("description", "config", "query", "operation"),
                            false)),
            Map.entry("description", text(Map.of(), Map.of())),
            Map.entry(
                    "config",
                    new Construct(
                            Map.of("id", NAME), Map.of("enableOData", inAnyCase("false")), Set.of("property"), false)),
            Map.entry(
                    "query",
                    new Construct(
                            Map.of("id", NAME),
                            Map.of(
                                    "useConfig",
                                    NAME,
                                    "returnGeneratedKeys",
                                    BOOLEAN,
                                    "returnUpdatedRowCount",
                                    BOOLEAN,
                                    "keyColumns",
                                    ANY,
                                    "inputNamespace",
                                    ANY),
                            Set.of("sql", "param", "properties", "result"),
                            false)),
            Map.entry("sql", text(Map.of(), Map.of("dialect", NAME))),
            Map.entry("properties", new Construct(Map.of(), Map.of(), Set.of("property"), false)),
            Map.entry("property", text(Map.of("name", NAME), Map.of())),
            // Not optional="..": in this version of the engine its meaning depends on the query that was deployed last.
            Map.entry(
                    "param",
                    new Construct(
                            Map.of("name", XML_NAME, "sqlType", SQL_TYPE),
                            Map.of(
                                    "paramType",
                                    inAnyCase("SCALAR", "ARRAY"),
                                    "type",
                                    inAnyCase("IN", "OUT", "INOUT"),
                                    "ordinal",
                                    INTEGER,
                                    "defaultValue",
                                    ANY,
                                    "forceDefault",
                                    BOOLEAN),
                            Set.of("validateLength", "validatePattern", "validateLongRange", "validateDoubleRange"),
                            false)),
            Map.entry("validateLength", empty(Map.of(), Map.of("minimum", INTEGER, "maximum", INTEGER))),
            Map.entry("validateLongRange", empty(Map.of(), Map.of("minimum", INTEGER, "maximum", INTEGER))),
            Map.entry("validateDoubleRange", empty(Map.of(), Map.of("minimum", DECIMAL, "maximum", DECIMAL))),
            Map.entry("validatePattern", empty(Map.of("pattern", REGULAR_EXPRESSION), Map.of())),
            Map.entry(
                    "result",
                    new Construct(
                            Map.of(),
                            Map.of(
                                    "element",
                                    NAME,
                                    "rowName",
                                    ANY,
                                    "defaultNamespace",
                                    ANY,
                                    "outputType",
                                    oneOf("xml", "json"),
                                    "useColumnNumbers",
                                    BOOLEAN,
                                    "escapeNonPrintableChar",
                                    BOOLEAN),
                            RESULT_CHILDREN,
                            true)),
            Map.entry("element", new Construct(Map.of("name", XML_NAME), OUTPUT_ATTRIBUTES, RESULT_CHILDREN, false)),
            Map.entry("attribute", empty(Map.of("name", XML_NAME), OUTPUT_ATTRIBUTES)),
            Map.entry("call-query", new Construct(Map.of("href", NAME), Map.of(), Set.of("with-param"), false)),
            Map.entry("with-param", empty(Map.of("name", NAME), Map.of("query-param", XML_NAME, "column", NAME))),
            Map.entry(
                    "operation",
                    new Construct(
                            Map.of("name", NAME),
                            Map.of("disableStreaming", BOOLEAN, "returnRequestStatus", BOOLEAN),
                            Set.of("description", "call-query"),
                            false)));

    /** What a configuration may say about its connection. */
    static final Set<String> CONNECTION_PROPERTIES =
            Set.of("driverClassName", "url", "username", "password", "carbon_datasource_name");

    /** What a configuration may say about its pool, handed on in {@link ConnectionSettings#poolProperties()}. */
    static final Set<String> POOL_PROPERTIES = Set.of(
            "maxActive",
            "maxIdle",
            "minIdle",
            "initialSize",
            "maxWait",
            "maxAge",
            "validationQuery",
            "testOnBorrow",
            "testOnReturn",
            "testWhileIdle",
            "validationInterval",
            "timeBetweenEvictionRunsMillis",
            "minEvictableIdleTimeMillis",
            "defaultAutoCommit",
            "defaultReadOnly",
            "defaultTransactionIsolation",
            "defaultCatalog",
            "jmxEnabled",
            "fairQueue",
            "connectionProperties");

    /** What a configuration may say that is the engine's own business. */
    static final Set<String> ENGINE_CONFIG_PROPERTIES = Set.of("autoCommit");

    /** What a query may say about its execution. */
    static final Set<String> QUERY_PROPERTIES = Set.of(
            "autoCommit",
            "fetchDirection",
            "fetchSize",
            "maxFieldSize",
            "maxRows",
            "queryTimeout",
            "forceStoredProc",
            "forceJDBCBatchRequests");

    private DefinitionGrammar() {}

    static void check(DefinitionElement root, String file) {
        if (!root.name().equals("data")) {
            throw problem(root, file, "a data service starts with <data>");
        }
        root.all().forEach(element -> check(element, CONSTRUCTS.get(element.name()), file));
    }

    private static void check(DefinitionElement element, Construct construct, String file) {
        for (String required : construct.required.keySet()) {
            if (element.attribute(required) == null) {
                throw problem(element, file, "the attribute '" + required + "' is missing");
            }
        }
        element.attributes().forEach((name, value) -> {
            Predicate<String> rule = construct.required.getOrDefault(name, construct.optional.get(name));
            if (rule == null) {
                throw problem(element, file, "the attribute '" + name + "' is not supported");
            }
            if (!value.isBlank() && !rule.test(value)) {
                throw problem(element, file, "the attribute '" + name + "' cannot be '" + value + "'");
            }
        });
        for (DefinitionElement child : element.children()) {
            if (!construct.children.contains(child.name())) {
                throw problem(child, file, "is not supported inside <" + element.name() + ">");
            }
        }
        if (!construct.text && !element.text().isBlank()) {
            throw problem(element, file, "text is not allowed here");
        }
    }

    static DataServiceDeploymentException problem(DefinitionElement element, String file, String message) {
        return new DataServiceDeploymentException(file, element.line(), element.name(), message);
    }

    private static Construct text(Map<String, Predicate<String>> required, Map<String, Predicate<String>> optional) {
        return new Construct(required, optional, Set.of(), true);
    }

    private static Construct empty(Map<String, Predicate<String>> required, Map<String, Predicate<String>> optional) {
        return new Construct(required, optional, Set.of(), false);
    }

    private static Predicate<String> oneOf(String... words) {
        return Set.of(words)::contains;
    }

    /** One of some words whose case the engine ignores. */
    private static Predicate<String> inAnyCase(String... words) {
        Set<String> allowed = Set.of(words);
        return value -> allowed.stream().anyMatch(word -> word.equalsIgnoreCase(value));
    }

    private static boolean isAnything(String value) {
        return true;
    }

    private static boolean isRegularExpression(String value) {
        try {
            Pattern.compile(value);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** What an element may hold. */
    private record Construct(
            Map<String, Predicate<String>> required,
            Map<String, Predicate<String>> optional,
            Set<String> children,
            boolean text) {}
}
