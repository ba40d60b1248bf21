package com.books.bookstore.request;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The {@code If-Match} header: which versions the caller means to change (RFC 9110, section 13.1.1). */
public final class IfMatch {

    /** Whatever the version is. */
    public static final String ANY = "*";

    private static final int MAX_TAGS = 20;
    /** RFC 9110, section 8.8.3. */
    private static final String ENTITY_TAG = "(?:W/)?\"[!#-~\\x80-\\xff]*\"";
    /** A list of them, which may have empty elements (RFC 9110, section 5.6.1). */
    private static final Pattern LIST = Pattern.compile(
            "[\\s,]*" + ENTITY_TAG + "(?:\\s*,[\\s,]*" + ENTITY_TAG + "){0," + (MAX_TAGS - 1) + "}[\\s,]*");

    private static final Pattern TAG = Pattern.compile(ENTITY_TAG);
    /** The entity tags we give out: a number in quotes. A weak tag is not one: If-Match compares strongly. */
    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,10})\"");

    private IfMatch() {}

    /**
     * @param header the header, or null
     * @return the expected versions, separated by commas, or {@link #ANY}
     * @throws ProblemException {@code precondition_required} without a header, else as {@link #optional}
     */
    public static String required(String header) {
        if (header == null) {
            throw new ProblemException(ProblemType.PRECONDITION_REQUIRED);
        }
        return optional(header);
    }

    /**
     * @param header the header, or null for any version
     * @return the expected versions, separated by commas, or {@link #ANY}
     * @throws ProblemException {@code precondition_failed} if no version can have that tag, {@code invalid_request} if it is not a list of 1 to 20
     *                          tags
     */
    public static String optional(String header) {
        if (header == null || ANY.equals(header.strip())) {
            return ANY;
        }
        if (!LIST.matcher(header).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "If-Match must be an ETag in quotes, a list of at most " + MAX_TAGS + " of them, or *.");
        }
        String versions = TAG.matcher(header)
                .results()
                .map(tag -> VERSION.matcher(tag.group()))
                .filter(Matcher::matches)
                .map(version -> version.group(1))
                .distinct()
                .collect(Collectors.joining(","));
        if (versions.isEmpty()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "If-Match is not an ETag of this API. Read what you change and send its ETag.");
        }
        return versions;
    }
}
