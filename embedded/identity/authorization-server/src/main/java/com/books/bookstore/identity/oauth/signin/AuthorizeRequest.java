package com.books.bookstore.identity.oauth.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A request to authorize with some of its parameters changed. Not thread safe. */
final class AuthorizeRequest extends HttpServletRequestWrapper {

    private final Map<String, String[]> parameters;

    AuthorizeRequest(HttpServletRequest request) {
        this(request, request.getParameterMap());
    }

    private AuthorizeRequest(HttpServletRequest request, Map<String, String[]> parameters) {
        super(request);
        this.parameters = parameters;
    }

    /** Without the scopes that are not known. A request that names the parameter twice stays as it is and is refused later. */
    AuthorizeRequest withScopes(Set<String> known) {
        String[] scopes = parameters.get("scope");
        if (scopes == null || scopes.length != 1) {
            return this;
        }
        return with(
                "scope",
                SessionCheck.words(scopes[0]).stream().filter(known::contains).collect(Collectors.joining(" ")));
    }

    AuthorizeRequest withPrompt(String prompt) {
        return with("prompt", prompt);
    }

    private AuthorizeRequest with(String name, String value) {
        Map<String, String[]> changed = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, new String[] {value});
        }
        return new AuthorizeRequest((HttpServletRequest) getRequest(), Collections.unmodifiableMap(changed));
    }

    @Override
    public String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    /** Spring reads parameters of a GET only if the query names them. */
    @Override
    public String getQueryString() {
        String original = super.getQueryString();
        String prompt = getParameter("prompt");
        if (original == null
                || prompt == null
                || Arrays.equals(parameters.get("prompt"), super.getParameterValues("prompt"))) {
            return original;
        }
        return original + "&prompt=" + URLEncoder.encode(prompt, StandardCharsets.UTF_8);
    }
}
