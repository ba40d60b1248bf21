package com.books.bookstore.identity.scim;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.utils.codeutils.ExpressionNode;
import org.wso2.charon3.core.utils.codeutils.Node;
import org.wso2.charon3.core.utils.codeutils.OperationNode;

/**
 * A filter of RFC 7644, section 3.4.2.2, that Charon has parsed, applied to one resource after the other. Text is
 * compared without regard to case, as all filterable attributes here are declared.
 */
final class Filter {

    private Filter() {
    }

    /** @param values gives the values of an attribute by its full name */
    static <T> Predicate<T> of(Node node, java.util.function.BiFunction<T, String, List<String>> values)
            throws BadRequestException {
        if (node == null) {
            return resource -> true;
        }
        if (node instanceof OperationNode) {
            Predicate<T> left = of(node.getLeftNode(), values);
            switch (((OperationNode) node).getOperation().toLowerCase(Locale.ROOT)) {
                case "and": return left.and(of(node.getRightNode(), values));
                case "or": return left.or(of(node.getRightNode(), values));
                case "not": return left.negate();
                default: throw new BadRequestException("Unknown operator in the filter.", "invalidFilter");
            }
        }
        ExpressionNode expression = (ExpressionNode) node;
        Predicate<String> test = comparison(expression);
        Function<T, List<String>> attribute = resource -> values.apply(resource, expression.getAttributeValue());
        if ("ne".equalsIgnoreCase(expression.getOperation())) {
            return resource -> attribute.apply(resource).stream().noneMatch(test);
        }
        return resource -> attribute.apply(resource).stream().anyMatch(test);
    }

    private static Predicate<String> comparison(ExpressionNode expression) throws BadRequestException {
        String operand = expression.getValue() == null ? "" : expression.getValue().toLowerCase(Locale.ROOT);
        switch (expression.getOperation().toLowerCase(Locale.ROOT)) {
            case "eq":
            case "ne": return value -> value.toLowerCase(Locale.ROOT).equals(operand);
            case "co": return value -> value.toLowerCase(Locale.ROOT).contains(operand);
            case "sw": return value -> value.toLowerCase(Locale.ROOT).startsWith(operand);
            case "ew": return value -> value.toLowerCase(Locale.ROOT).endsWith(operand);
            case "pr": return value -> !value.isEmpty();
            case "gt": return value -> value.toLowerCase(Locale.ROOT).compareTo(operand) > 0;
            case "ge": return value -> value.toLowerCase(Locale.ROOT).compareTo(operand) >= 0;
            case "lt": return value -> value.toLowerCase(Locale.ROOT).compareTo(operand) < 0;
            case "le": return value -> value.toLowerCase(Locale.ROOT).compareTo(operand) <= 0;
            default: throw new BadRequestException("Unknown operator in the filter.", "invalidFilter");
        }
    }
}
