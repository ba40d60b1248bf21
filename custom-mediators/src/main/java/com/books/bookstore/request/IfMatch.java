package com.books.bookstore.request;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code If-Match} header: which version of a book the caller means to change. */
public final class IfMatch {

    /** Whatever the version is. */
    public static final String ANY = "*";

    /** RFC 9110, section 8.8.3. */
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"[!#-~\\x80-\\xff]*\"");
    /** The entity tags we give out: a number in quotes. */
    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,10})\"");

    private IfMatch() {}

    /**
     * @param header the header, or null
     * @return the expected version, or {@link #ANY}
     * @throws ProblemException {@code precondition_required} without a header, else as {@link #optional}
     */
    public static String required(String header) {
        if (header == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send the ETag of the book as If-Match, or * to change any version.");
        }
        return optional(header);
    }

    /**
     * @param header the header, or null for any version
     * @return the expected version, or {@link #ANY}
     * @throws ProblemException {@code precondition_failed} if no version can have that tag, {@code invalid_request} if it is not one tag
     */
    public static String optional(String header) {
        if (header == null || ANY.equals(header.strip())) {
            return ANY;
        }
        String tag = header.strip();
        if (!ENTITY_TAG.matcher(tag).matches()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "If-Match must be one ETag in quotes, or *.");
        }
        Matcher version = VERSION.matcher(tag);
        if (!version.matches()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "If-Match is not the ETag of a book. Read the book and send its ETag.");
        }
        return version.group(1);
    }
}
