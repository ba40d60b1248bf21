package com.books.bookstore.connector.api;

import com.books.bookstore.connector.message.OperationResult;
import com.books.bookstore.connector.message.Parameters;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.synapse.MessageContext;

/**
 * Calls one operation of the API, which the settings describe as its OpenAPI definition does. A parameter of a template is named as the
 * API's, headers in camel case: {@code idempotencyKey} for {@code Idempotency-Key}. The engine makes the settings before the first message;
 * afterwards nothing changes: thread-safe.
 */
public final class CallOperation extends ApiMediator {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern HEADER_WORD = Pattern.compile("-(\\w)");

    /** What flows need of an answer beside its body. */
    private static final String[] RESULT_HEADERS = {"ETag", "Location", "Idempotency-Replayed", "X-Correlation-ID"};

    private static final int NOT_MODIFIED = 304;

    private String method;
    private String path;
    private String[] query = {};
    private String[] headers = {};
    private String[] required = {};
    private boolean body;
    private boolean secured = true;

    /** Of the HTTP request, such as POST. */
    public void setMethod(String newMethod) {
        method = newMethod;
    }

    /** With the parameters in braces: {@code /orders/v1/orders/{orderId}}. */
    public void setPath(String newPath) {
        path = newPath;
    }

    /** Names of the query parameters, separated by spaces. */
    public void setQuery(String names) {
        query = names.split(" ");
    }

    /** Names of the headers, separated by spaces. */
    public void setHeaders(String names) {
        headers = names.split(" ");
    }

    /** Names of the template's parameters that must have a value, separated by spaces. */
    public void setRequired(String names) {
        required = names.split(" ");
    }

    /** Whether {@code requestBody} is sent. */
    public void setBody(String newBody) {
        body = Boolean.parseBoolean(newBody);
    }

    /** Whether the operation needs an access token. */
    public void setSecured(String newSecured) {
        secured = Boolean.parseBoolean(newSecured);
    }

    @Override
    void execute(MessageContext message, Parameters parameters) {
        Session session = Session.of(message);
        for (String name : required) {
            if (parameters.text(name).isEmpty()) {
                throw ApiException.invalidParameter("The parameter '" + name + "' is not set");
            }
        }
        HttpResponse<String> answer = session.client().send(request(parameters), session.accessToken());
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != NOT_MODIFIED) {
            throw refused(answer);
        }
        result(answer).put(message, parameters);
    }

    private ApiRequest request(Parameters parameters) {
        Map<String, String> sent = new LinkedHashMap<>();
        for (String name : headers) {
            String value = parameters.text(parameterName(name));
            if (!value.isEmpty()) {
                sent.put(name, value);
            } else if (IDEMPOTENCY_KEY.equals(name)) {
                sent.put(name, UUID.randomUUID().toString());
            }
        }
        return new ApiRequest(method, target(parameters), sent, body ? parameters.text("requestBody") : null, secured);
    }

    private static String parameterName(String header) {
        String name = HEADER_WORD.matcher(header).replaceAll(word -> word.group(1));
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private String target(Parameters parameters) {
        Matcher names = PATH_PARAMETER.matcher(path);
        String target = names.replaceAll(name -> Matcher.quoteReplacement(segment(name.group(1), parameters)));
        StringJoiner pairs = new StringJoiner("&", "?", "").setEmptyValue("");
        for (String name : query) {
            String value = parameters.text(name);
            if (!value.isEmpty()) {
                pairs.add(encoded(name) + "=" + encoded(value));
            }
        }
        return target + pairs;
    }

    /** @throws ApiException for a value that would lead to another path */
    private static String segment(String name, Parameters parameters) {
        String value = parameters.text(name);
        if (".".equals(value) || "..".equals(value)) {
            throw ApiException.invalidParameter("The parameter '" + name + "' must not be " + value);
        }
        return encoded(value);
    }

    /** Also for a segment of a path, in which a plus sign is not a space. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ApiException refused(HttpResponse<String> answer) {
        int status = answer.statusCode();
        return JsonFields.of(answer.body())
                .text("code")
                .map(code -> ApiException.answer(status, code, answer.body()))
                .orElseGet(() -> ApiException.answer(
                        status,
                        "HTTP_" + status,
                        "The bookstore answered with status " + status + " and no problem document"));
    }

    private static OperationResult result(HttpResponse<String> answer) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String name : RESULT_HEADERS) {
            answer.headers().firstValue(name).ifPresent(value -> kept.put(name, value));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("statusCode", answer.statusCode());
        attributes.putAll(nextPage(JsonFields.of(answer.body())));
        return OperationResult.of(answer.body().isEmpty() ? "{}" : answer.body(), kept, attributes);
    }

    /** {@code next}, what to send for the page after this one; empty on the last page and for what is not a list. */
    static Map<String, Object> nextPage(JsonFields answer) {
        return answer.text("next")
                .<Map<String, Object>>map(next -> Map.of("next", next))
                .orElse(Map.of());
    }
}
