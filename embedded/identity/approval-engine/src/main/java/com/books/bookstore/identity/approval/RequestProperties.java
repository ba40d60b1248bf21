package com.books.bookstore.identity.approval;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.carbon.identity.workflow.mgt.bean.RequestParameter;

/** What a workflow request says to those who may read it: keys and values. Passwords are kept out of it. */
final class RequestProperties {

    private RequestProperties() {}

    static JSONArray of(List<RequestParameter> parameters) {
        JSONArray properties = new JSONArray();
        for (RequestParameter parameter : parameters) {
            // The others, a password among them, are for the handler that carries the request out.
            if (parameter.isRequiredInWorkflow() && parameter.getValue() != null) {
                add(properties, parameter.getName(), parameter.getValue());
            }
        }
        return properties;
    }

    private static void add(JSONArray properties, String name, Object value) {
        if (value instanceof Map) {
            ((Map<?, ?>) value).forEach((key, text) -> properties.put(property(key.toString(), String.valueOf(text))));
        } else if (value instanceof Collection) {
            properties.put(property(
                    name, ((Collection<?>) value).stream().map(String::valueOf).collect(Collectors.joining(","))));
        } else {
            properties.put(property(name, value.toString()));
        }
    }

    static JSONObject property(String key, String value) {
        return new JSONObject().put("key", key).put("value", value);
    }
}
