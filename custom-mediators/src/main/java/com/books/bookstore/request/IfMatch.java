package com.books.bookstore.request;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.regex.Pattern;

/** The {@code If-Match} header: which version of a book the caller means to change. */
public final class IfMatch {

    /** Whatever the version is. */
    public static final String ANY = "*";

    /** The entity tags we give out: a number in quotes. */
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9]{1,10})\"");

    private IfMatch() {
    }

    /**
     * @param header the header, or null
     * @return the expected version, or {@link #ANY}
     * @throws ProblemException {@code precondition_required} without a header
     */
    public static String required(String header) {
        if (header == null) {
            throw new ProblemException(ProblemType.PRECONDITION_REQUIRED,
                    "Send the ETag of the book as If-Match, or * to change it whatever its version.");
        }
        return optional(header);
    }

    /**
     * @param header the header, or null for any version
     * @return the expected version, or {@link #ANY}
     * @throws ProblemException {@code precondition_failed} if no version can have that tag
     */
    public static String optional(String header) {
        if (header == null || ANY.equals(header.strip())) {
            return ANY;
        }
        var matcher = ENTITY_TAG.matcher(header.strip());
        if (!matcher.matches()) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "If-Match is not the ETag of a book.");
        }
        return matcher.group(1);
    }
}
