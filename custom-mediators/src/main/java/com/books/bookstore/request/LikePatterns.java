package com.books.bookstore.request;

/** SQL LIKE patterns, with the escape character {@code !}. */
final class LikePatterns {

    private LikePatterns() {}

    /** A pattern for texts that contain this one, literally. */
    static String containing(String text) {
        StringBuilder pattern = new StringBuilder(text.length() + 8).append('%');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '_' || c == '!' || c == '\\') {
                pattern.append('!');
            }
            pattern.append(c);
        }
        return pattern.append('%').toString();
    }
}
