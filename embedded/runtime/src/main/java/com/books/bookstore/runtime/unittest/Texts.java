package com.books.bookstore.runtime.unittest;

/** How the framework compares texts. */
final class Texts {

    private static final String CDATA = "<![CDATA[";

    private Texts() {}

    /** Without white space, also inside values, and without the marks of a CDATA section. */
    static String compact(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith(CDATA) && trimmed.endsWith("]]>")) {
            trimmed = trimmed.substring(CDATA.length(), trimmed.length() - 3);
        }
        return trimmed.replaceAll("\\s", "");
    }
}
