package com.books.bookstore.runtime.dataservice;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that the parameters of an SQL text are the ones its query declares, by the rules of the engine, which fails at
 * the first call, or sends another text than was meant, where they are not.
 */
final class SqlParameters {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    /** What ends a parameter's name for the engine; a tab, an operator or a semicolon does not. */
    private static final String ENDS = " ,)(:\r\n.";

    private final Set<String> declared;

    /**
     * @param declared the names of the query's parameters
     */
    SqlParameters(Set<String> declared) {
        this.declared = declared;
    }

    /** What is wrong with an SQL text, if anything. */
    Optional<String> problem(String sql) {
        boolean singleQuoted = false;
        boolean doubleQuoted = false;
        int named = 0;
        int positional = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            boolean quoted = singleQuoted || doubleQuoted;
            if (c == '\'') {
                singleQuoted = !singleQuoted;
            } else if (c == '"') {
                doubleQuoted = !doubleQuoted;
            } else if (c == '?' && !quoted) {
                positional++;
            } else if (c == ':') {
                String name = nameAt(sql, i + 1);
                int end = i + 1 + name.length();
                if (!name.isEmpty() && sql.charAt(Math.max(0, i - 1)) != ':') {
                    Optional<String> problem = quoted ? inText(name) : asParameter(name, sql, end);
                    if (problem.isPresent()) {
                        return problem;
                    }
                    named += quoted ? 0 : 1;
                }
            }
        }
        if (named == 0 && positional > declared.size()) {
            return Optional.of(
                    "has " + positional + " question marks, but the query declares " + declared.size() + " parameters");
        }
        return Optional.empty();
    }

    private Optional<String> asParameter(String name, String sql, int end) {
        if (!declared.contains(name)) {
            return Optional.of("uses the parameter ':" + name + "', which the query does not declare");
        }
        if (end < sql.length() && ENDS.indexOf(sql.charAt(end)) < 0) {
            return Optional.of("the parameter ':" + name + "' must be followed by a space, a comma, a parenthesis or a"
                    + " line end");
        }
        return Optional.empty();
    }

    /** The engine replaces a parameter's name in quoted text as well. */
    private Optional<String> inText(String name) {
        return declared.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(parameter ->
                        "the quoted text ':" + name + "' would be taken for the parameter '" + parameter + "'");
    }

    private static String nameAt(String sql, int start) {
        Matcher name = NAME.matcher(sql).region(start, sql.length());
        return name.lookingAt() ? name.group() : "";
    }
}
