package com.books.bookstore.connector.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Stack;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.template.TemplateContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    /** Quotes keep Micro Integrator from taking braces for an expression; they are no part of the JSON. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'{\"a\":1}' | {\"a\":1}",
                "'[{\"a\":1}]' | [{\"a\":1}]",
                "{\"a\":1} | {\"a\":1}",
                "'it' | 'it'",
                "'{' | '{'",
                "'[1}' | '[1}'"
            })
    void jsonMayStandInQuotes(String written, String value) {
        assertThat(parameter(written)).isEqualTo(value);
    }

    @SuppressWarnings("JdkObsolete") // Synapse keeps its calls in a Stack.
    private static String parameter(String written) {
        TemplateContext template = new TemplateContext("priceOrder", null);
        template.setMappedValues(new HashMap<>(Map.of("order", written)));
        Stack<TemplateContext> calls = new Stack<>();
        calls.push(template);
        Axis2MessageContext message =
                new Axis2MessageContext(new org.apache.axis2.context.MessageContext(), null, null);
        message.setProperty(SynapseConstants.SYNAPSE__FUNCTION__STACK, calls);
        return Parameters.of(message).text("order");
    }
}
