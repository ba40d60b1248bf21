package com.books.bookstore.mediator.message;

import com.books.bookstore.request.QueryParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.axis2.Constants;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.rest.RESTConstants;

/** All of a request but its body, read the same way on every engine. */
public final class HttpRequest {

    /** The engines keep the first value of a header where all headers are, and the others here: name to list of values. */
    static final String EXCESS_TRANSPORT_HEADERS = "EXCESS_TRANSPORT_HEADERS";

    private final MessageContext message;
    private final org.apache.axis2.context.MessageContext axis2;

    public HttpRequest(MessageContext message) {
        this.message = message;
        this.axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
    }

    /** A header, whatever the case of its name, or null. One that came more than once is one with a list of values (RFC 9110, section 5.3). */
    public String header(String name) {
        return joined(firstLines(name), otherLines(name));
    }

    /**
     * As {@link #header}, for a header whose values mean something by their order. Null also if their order is not known: the engines keep
     * the lines of every spelling of a name apart.
     */
    public String headerInOrder(String name) {
        List<Object> first = firstLines(name);
        List<Object> others = otherLines(name);
        return first.size() > 1 || others.size() > 1 ? null : joined(first, others);
    }

    private static String joined(List<Object> first, List<Object> others) {
        if (first.isEmpty()) {
            return null;
        }
        if (first.size() == 1 && others.isEmpty() && !(first.get(0) instanceof Collection)) {
            return first.get(0).toString();
        }
        return Stream.concat(first.stream(), others.stream())
                .flatMap(lines -> lines instanceof Collection ? ((Collection<?>) lines).stream() : Stream.of(lines))
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private List<Object> firstLines(String name) {
        return valuesOf(axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS), name);
    }

    /** Of each spelling of the name the lines after the first. */
    private List<Object> otherLines(String name) {
        return valuesOf(axis2.getProperty(EXCESS_TRANSPORT_HEADERS), name);
    }

    /** A loop without streams, and none where the engine keeps one spelling of a name: every request asks several times. */
    private static List<Object> valuesOf(Object headers, String name) {
        if (!(headers instanceof Map) || ((Map<?, ?>) headers).isEmpty()) {
            return List.of();
        }
        if (headers instanceof SortedMap && ((SortedMap<?, ?>) headers).comparator() == String.CASE_INSENSITIVE_ORDER) {
            Object value = ((Map<?, ?>) headers).get(name);
            return value == null ? List.of() : List.of(value);
        }
        List<Object> values = List.of();
        for (Map.Entry<?, ?> header : ((Map<?, ?>) headers).entrySet()) {
            if (header.getValue() != null && name.equalsIgnoreCase(String.valueOf(header.getKey()))) {
                values = values.isEmpty() ? new ArrayList<>(1) : values;
                values.add(header.getValue());
            }
        }
        return values;
    }

    /** The media type of the body, or null. */
    public String contentType() {
        String header = header("Content-Type");
        return header != null ? header : (String) axis2.getProperty(Constants.Configuration.CONTENT_TYPE);
    }

    /** The other end of the connection, or null. */
    public String remoteAddress() {
        return (String) axis2.getProperty(org.apache.axis2.context.MessageContext.REMOTE_ADDR);
    }

    /** The method in upper case, or null. */
    public String method() {
        return (String) message.getProperty(RESTConstants.REST_METHOD);
    }

    /** The path below the API's context, without the query. */
    public String path() {
        Object path = message.getProperty(RESTConstants.REST_SUB_REQUEST_PATH);
        return path == null ? "" : path.toString().split("\\?", 2)[0];
    }

    /** A variable of the URI template, or null. */
    public String pathVariable(String name) {
        Object value = message.getProperty(RESTConstants.REST_URI_VARIABLE_PREFIX + name);
        return value == null ? null : value.toString();
    }

    /** The parameters after the question mark. */
    public QueryParameters query() {
        String query = queryOf(message.getProperty(RESTConstants.REST_FULL_REQUEST_PATH));
        if (query == null) {
            // Apache Synapse cuts the query off that property when the transport gives the whole URL.
            query = queryOf(axis2.getProperty(Constants.Configuration.TRANSPORT_IN_URL));
        }
        return QueryParameters.parse(query);
    }

    private static String queryOf(Object address) {
        String text = address == null ? "" : address.toString();
        int question = text.indexOf('?');
        return question < 0 ? null : text.substring(question + 1);
    }
}
