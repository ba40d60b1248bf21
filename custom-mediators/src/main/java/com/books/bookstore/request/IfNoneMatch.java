package com.books.bookstore.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code If-None-Match} header: which versions the caller has already (RFC 9110, section 13.1.2). */
public final class IfNoneMatch {

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?(\"[!#-~\\x80-\\xff]*\")");

    private IfNoneMatch() {}

    /**
     * @param header    the header, or null; a header that is not a list of entity tags matches nothing
     * @param entityTag the current version's tag, in its quotes
     * @return whether the caller has that version
     */
    public static boolean has(String header, String entityTag) {
        if (header == null) {
            return false;
        }
        if ("*".equals(header.strip())) {
            return true;
        }
        Matcher tags = ENTITY_TAG.matcher(header);
        while (tags.find()) {
            if (tags.group(1).equals(entityTag)) {
                return true;
            }
        }
        return false;
    }
}
