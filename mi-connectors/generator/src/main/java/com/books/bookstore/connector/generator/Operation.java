package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * An operation of the API.
 *
 * @param name        its operationId
 * @param method      of the request
 * @param path        with the base path of the API
 * @param secured     whether it needs an access token
 * @param result      JSON Schema of the answer, or null if it has no body
 */
record Operation(
        String name,
        String method,
        String path,
        String summary,
        String description,
        boolean secured,
        List<Parameter> parameters,
        ObjectNode result) {

    private static final List<Parameter> OUTPUT = List.of(
            new Parameter(
                    "responseVariable",
                    "output",
                    "Variable that gets the result: payload, headers and attributes. Without it the result becomes the message body.",
                    false,
                    ""),
            new Parameter(
                    "overwriteBody",
                    "output",
                    "Replaces the message body with the result. The variable then has no payload.",
                    false,
                    "false"));

    static List<Parameter> output() {
        return OUTPUT;
    }

    /** What the API takes and what every operation of a connector takes. */
    List<Parameter> allParameters() {
        return Stream.concat(parameters.stream(), OUTPUT.stream()).toList();
    }

    List<Parameter> in(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    boolean hasBody() {
        return !in("body").isEmpty();
    }

    /** Whether the answer is a list that says what to send for the page after it. */
    boolean namesNextPage() {
        return result != null && result.path("properties").has("next");
    }

    String displayName() {
        return Names.display(name);
    }

    /** One sentence and what the API says about it. */
    String help() {
        return summary + ". " + description;
    }
}
