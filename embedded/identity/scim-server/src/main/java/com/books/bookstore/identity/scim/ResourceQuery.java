package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.servlet.http.HttpServletRequest;
import org.wso2.charon3.core.schema.AttributeSchema;
import org.wso2.charon3.core.schema.SCIMDefinitions.DataType;

/** A query for resources, by the parameters of a GET or the body of a POST to .search (RFC 7644, sections 3.4.2 and 3.4.3). Immutable. */
final class ResourceQuery {

    /** A list has no more resources than this. */
    static final int LONGEST_PAGE = 200;

    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    private final Filter filter;
    private final Path sortBy;
    private final boolean descending;
    private final int startIndex;
    private final int count;
    private final ResourceView view;

    private ResourceQuery(ResourceSchema schema, JsonNode parameters) throws ScimError {
        String sought = text(parameters, "filter");
        String order = text(parameters, "sortBy");
        String direction = text(parameters, "sortOrder");
        this.filter = sought == null ? null : filter(sought, schema);
        this.sortBy = order == null ? null : path(order, schema);
        this.descending = "descending".equalsIgnoreCase(direction);
        if (direction != null && !descending && !"ascending".equalsIgnoreCase(direction)) {
            throw ScimError.badRequest("invalidValue", "sortOrder is ascending or descending.");
        }
        this.startIndex = Math.max(1, number(parameters, "startIndex", 1));
        this.count = Math.min(LONGEST_PAGE, Math.max(0, number(parameters, "count", LONGEST_PAGE)));
        this.view = ResourceView.of(schema, names(parameters, "attributes"), names(parameters, "excludedAttributes"));
    }

    static ResourceQuery of(HttpServletRequest request, ResourceSchema schema) throws ScimError {
        ObjectNode parameters = Messages.object();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
        return new ResourceQuery(schema, parameters);
    }

    static ResourceQuery of(ObjectNode search, ResourceSchema schema) throws ScimError {
        if (!Messages.hasSchema(search, SEARCH)) {
            throw ScimError.badRequest("invalidSyntax", "The body is not a " + SEARCH + ".");
        }
        return new ResourceQuery(schema, search);
    }

    private static String text(JsonNode parameters, String name) {
        String text = parameters.path(name).asText();
        return text.isEmpty() ? null : text;
    }

    private static String names(JsonNode parameters, String name) {
        if (!parameters.path(name).isArray()) {
            return text(parameters, name);
        }
        List<String> names = new ArrayList<>();
        parameters.path(name).forEach(each -> names.add(each.asText()));
        return String.join(",", names);
    }

    private static int number(JsonNode parameters, String name, int otherwise) throws ScimError {
        try {
            String text = text(parameters, name);
            return text == null ? otherwise : Integer.parseInt(text.trim());
        } catch (NumberFormatException notANumber) {
            throw ScimError.badRequest("invalidValue", name + " is a number.");
        }
    }

    private static Path path(String text, ResourceSchema schema) throws ScimError {
        Path path = ResourceSchema.attributePath(schema.withoutCoreUrn(text));
        if (path.isRoot()) {
            throw ScimError.badRequest("invalidPath", "The path names no attribute.");
        }
        return withValue(path, schema);
    }

    private static Filter filter(String text, ResourceSchema schema) throws ScimError {
        if (!ResourceSchema.isClosed(text)) {
            throw ScimError.badRequest(
                    "invalidFilter", "A quote or a bracket of the filter is not closed, or brackets are too deep.");
        }
        try {
            Filter filter = withValues(Filter.fromString(schema.withoutCoreUrn(text)), schema);
            FilterEvaluator.evaluate(filter, Messages.object());
            return filter;
        } catch (ClassCastException several) {
            // The library reads any JSON after an operator, and takes it for a single value.
            throw ScimError.badRequest(
                    "invalidFilter", "A filter compares with a text, a number, true, false or null.");
        } catch (ScimException malformed) {
            // After the colon the JSON parser talks to programmers.
            throw ScimError.badRequest(
                    "invalidFilter",
                    malformed.getScimError().getDetail().split(":", 2)[0]
                            + ". Texts are in double quotes, such as userName eq \"jane\".");
        }
    }

    /** A comparison with a whole complex multi-valued attribute is one with its values, as in {@code emails co "example.com"}. */
    private static Filter withValues(Filter filter, ResourceSchema schema) throws ScimException {
        if (filter.isCombiningFilter()) {
            List<Filter> parts = new ArrayList<>();
            for (Filter part : filter.getCombinedFilters()) {
                parts.add(withValues(part, schema));
            }
            return "and".equals(filter.getFilterType().getStringValue()) ? Filter.and(parts) : Filter.or(parts);
        }
        if (filter.isNotFilter()) {
            return Filter.not(withValues(filter.getInvertedFilter(), schema));
        }
        if (!filter.isComparisonFilter()) {
            return filter;
        }
        Path path = withValue(filter.getAttributePath(), schema);
        switch (filter.getFilterType()) {
            case EQUAL:
                return Filter.eq(path, filter.getComparisonValue());
            case NOT_EQUAL:
                return Filter.ne(path, filter.getComparisonValue());
            case CONTAINS:
                return Filter.co(path, filter.getComparisonValue());
            case STARTS_WITH:
                return Filter.sw(path, filter.getComparisonValue());
            case ENDS_WITH:
                return Filter.ew(path, filter.getComparisonValue());
            case GREATER_THAN:
                return Filter.gt(path, filter.getComparisonValue());
            case GREATER_OR_EQUAL:
                return Filter.ge(path, filter.getComparisonValue());
            case LESS_THAN:
                return Filter.lt(path, filter.getComparisonValue());
            default:
                return Filter.le(path, filter.getComparisonValue());
        }
    }

    private static Path withValue(Path path, ResourceSchema schema) {
        AttributeSchema attribute = schema.find(path);
        return attribute != null && attribute.getType() == DataType.COMPLEX && attribute.getMultiValued()
                ? path.attribute("value")
                : path;
    }

    /** Whether the resources need to be read before it is clear which ones are in the list. */
    boolean needsAll() {
        return filter != null || sortBy != null;
    }

    /** The text that the filter wants this attribute to be equal to, or null when it wants anything else. */
    String onlyValueOf(String attribute) {
        if (filter == null
                || filter.getFilterType() != FilterType.EQUAL
                || !filter.getComparisonValue().isTextual()) {
            return null;
        }
        Path path = filter.getAttributePath();
        return path.getSchemaUrn() == null
                        && path.size() == 1
                        && path.getElement(0).getValueFilter() == null
                        && attribute.equalsIgnoreCase(path.getElement(0).getAttribute())
                ? filter.getComparisonValue().textValue()
                : null;
    }

    /** Those of all resources that are on the page. */
    <T> List<T> page(List<T> all) {
        int from = Math.min(all.size(), startIndex - 1);
        return all.subList(from, (int) Math.min(all.size(), (long) from + count));
    }

    /** @return those that the filter lets through, sorted */
    List<ObjectNode> select(List<ObjectNode> resources) throws ScimError {
        List<ObjectNode> selected = new ArrayList<>();
        try {
            for (ObjectNode resource : resources) {
                if (filter == null || FilterEvaluator.evaluate(filter, resource)) {
                    selected.add(resource);
                }
            }
        } catch (ScimException cannotCompare) {
            throw ScimError.badRequest(
                    "invalidFilter", cannotCompare.getScimError().getDetail());
        }
        if (sortBy != null) {
            // Who has no value comes last when ascending, and first when descending (section 3.4.2.3).
            Comparator<ObjectNode> order = Comparator.comparing(
                    this::sortKey, Comparator.nullsLast((left, right) -> JsonUtils.compareTo(left, right, null)));
            selected.sort(descending ? order.reversed() : order);
        }
        return selected;
    }

    private JsonNode sortKey(ObjectNode resource) {
        try {
            List<JsonNode> values = JsonUtils.findMatchingPaths(sortBy, resource);
            return values.isEmpty()
                    ? null
                    : values.get(0).isArray() ? values.get(0).get(0) : values.get(0);
        } catch (ScimException nothingThere) {
            return null;
        }
    }

    /** The list response (section 3.4.2) with this page of so many. */
    ObjectNode list(List<ObjectNode> page, int total) {
        ObjectNode list = Messages.object();
        list.putArray("schemas").add(LIST);
        list.put("totalResults", total).put("startIndex", startIndex).put("itemsPerPage", page.size());
        ArrayNode resources = list.putArray("Resources");
        page.forEach(resource -> resources.add(view.of(resource)));
        return list;
    }
}
