package com.books.bookstore.runtime.dataservice;

import static com.books.bookstore.runtime.dataservice.DefinitionGrammar.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code <property>} elements of a definition. */
final class DefinitionProperties {

    private static final Pattern SYSTEM_VARIABLE = Pattern.compile("\\$SYSTEM:([_a-zA-Z0-9]+)");
    private static final Pattern OTHER_VARIABLE =
            Pattern.compile("\\$(FILE|CUSTOM_\\w*|SYSTEM):?.*|\\$\\{configs\\..*");

    private final String file;
    private final UnaryOperator<String> variables;

    /** @param variables the value of a {@code $SYSTEM} variable by its name, or null */
    DefinitionProperties(String file, UnaryOperator<String> variables) {
        this.file = file;
        this.variables = variables;
    }

    /** {@return the property elements of an element by name} */
    Map<String, DefinitionElement> of(DefinitionElement owner) {
        Map<String, DefinitionElement> properties = new LinkedHashMap<>();
        owner.children("property").forEach(property -> {
            if (properties.put(property.attribute("name"), property) != null) {
                throw problem(property, file, "the property '" + property.attribute("name") + "' is given twice");
            }
        });
        return properties;
    }

    /** {@return the value of a property, with its {@code $SYSTEM} variable replaced} */
    String resolved(DefinitionElement property) {
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
}
