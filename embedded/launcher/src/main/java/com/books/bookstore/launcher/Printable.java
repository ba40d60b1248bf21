package com.books.bookstore.launcher;

/** Text that others wrote, as it may be shown in a terminal: no control character in it reaches the terminal. */
final class Printable {

    private Printable() {}

    /** Keeps line breaks and tabs. */
    static String text(String text) {
        return text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }

    /** In one line. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
