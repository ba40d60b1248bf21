package com.books.bookstore.runtime.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI templates of API resources: literal text, <code>{name}</code> (one path segment or part of one, percent-decoded), and
 * <code>*</code> at the end. The query string of a request only counts if the template has a <code>?</code>.
 *
 * <p>Immutable.
 */
final class UriTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_.]+)}");
    /** What a variable takes on Micro Integrator: anything but the reserved characters of RFC 3986. */
    private static final String VARIABLE_VALUE = "([^:/?#\\[\\]@!$&'()*+,;=]+)";

    private final String template;
    private final boolean withQuery;
    private final Pattern pattern;
    private final List<String> names;
    private final String literal;
    /** The literal text at the beginning: spares most paths the pattern. */
    private final String prefix;

    private UriTemplate(String template, Pattern pattern, List<String> names, String literal, String prefix) {
        this.template = template;
        this.withQuery = template.indexOf('?') >= 0;
        this.pattern = pattern;
        this.names = names;
        this.literal = literal;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if the template has braces around more than a name */
    static UriTemplate parse(String template) {
        String text = !"/".equals(template) && template.endsWith("/")
                ? template.substring(0, template.length() - 1)
                : template;
        boolean wildcard = text.endsWith("*");
        String body = wildcard ? text.substring(0, text.length() - 1) : text;
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(body);
        int end = 0;
        while (variables.find()) {
            appendLiteral(regex, body.substring(end, variables.start()), template);
            regex.append(VARIABLE_VALUE);
            names.add(variables.group(1));
            end = variables.end();
        }
        appendLiteral(regex, body.substring(end), template);
        if (wildcard) {
            regex.append(".*");
        }
        boolean plain = names.isEmpty() && !wildcard;
        int variable = body.indexOf('{');
        return new UriTemplate(
                template,
                Pattern.compile(regex.toString()),
                List.copyOf(names),
                plain ? body : null,
                variable < 0 ? body : body.substring(0, variable));
    }

    private static void appendLiteral(StringBuilder regex, String literal, String template) {
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0 || literal.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "the URI template " + template + " has more than {name} variables and a final *");
        }
        if (!literal.isEmpty()) {
            regex.append(Pattern.quote(literal));
        }
    }

    /**
     * The variables of a matching request, or null if it does not match. A slash at the end of the path does not count, as on Micro
     * Integrator.
     *
     * @param subPath path and query behind the API's context
     */
    Map<String, String> match(String subPath) {
        int query = withQuery ? -1 : subPath.indexOf('?');
        String path = withoutFinalSlash(query < 0 ? subPath : subPath.substring(0, query));
        if (literal != null) {
            return literal.equals(path) ? Map.of() : null;
        }
        if (!path.startsWith(prefix)) {
            return null;
        }
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            variables.put(names.get(i), percentDecode(matcher.group(i + 1)));
        }
        return variables;
    }

    private static String withoutFinalSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Decodes %XX as UTF-8. A plus sign is not a space in a path; a stray % stays as it is. */
    private static String percentDecode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return template;
    }
}
