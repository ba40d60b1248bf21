package com.books.bookstore.runtime.unittest;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;

/**
 * What a mock service answers. It is named after the endpoint that it stands in for.
 *
 * @param context what all paths begin with
 */
record MockService(String name, String context, List<Resource> resources) {

    /**
     * One answer and the requests that get it.
     *
     * @param path            context and sub-context without query
     * @param query           parameters that a request must have
     * @param requestPayload  empty for any
     * @param requestHeaders  that a request must have
     */
    record Resource(
            String method,
            String path,
            Map<String, String> query,
            String requestPayload,
            Map<String, String> requestHeaders,
            int status,
            Map<String, String> headers,
            String payload) {

        boolean takes(String requestMethod, URI target, Map<String, String> headersOfRequest, String body) {
            return method.equals(requestMethod)
                    && withoutFinalSlash(path).equals(withoutFinalSlash(target.getPath()))
                    && parameters(target.getRawQuery()).entrySet().containsAll(query.entrySet())
                    && requestHeaders.entrySet().stream()
                            .allMatch(header -> header.getValue().equals(headersOfRequest.get(header.getKey())))
                    && (requestPayload.isEmpty()
                            || Texts.compact(requestPayload).equals(Texts.compact(body)));
        }
    }

    static MockService read(ArtifactXml xml) {
        OMElement root = xml.root();
        String context = TestSuite.text(TestSuite.required(xml, root, "context"));
        List<Resource> resources = new ArrayList<>();
        for (OMElement element : TestSuite.children(TestSuite.required(xml, root, "resources"), "resource")) {
            resources.add(resource(xml, element, "/".equals(context) ? "" : context));
        }
        return new MockService(TestSuite.text(TestSuite.required(xml, root, "service-name")), context, resources);
    }

    private static Resource resource(ArtifactXml xml, OMElement element, String context) {
        OMElement request = TestSuite.child(element, "request");
        OMElement response = TestSuite.required(xml, element, "response");
        URI target = URI.create(context + TestSuite.text(TestSuite.required(xml, element, "sub-context")));
        String status = TestSuite.text(TestSuite.child(response, "status-code"));
        return new Resource(
                TestSuite.text(TestSuite.required(xml, element, "method")).toUpperCase(Locale.ROOT),
                target.getPath(),
                parameters(target.getRawQuery()),
                orEmpty(TestSuite.text(TestSuite.child(request, "payload"))),
                headers(request),
                status == null ? 200 : Integer.parseInt(status),
                headers(response),
                orEmpty(TestSuite.text(TestSuite.child(response, "payload"))));
    }

    private static Map<String, String> headers(OMElement parent) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (OMElement header : TestSuite.children(TestSuite.child(parent, "headers"), "header")) {
            headers.put(header.getAttributeValue(new QName("name")), header.getAttributeValue(new QName("value")));
        }
        return headers;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String withoutFinalSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
