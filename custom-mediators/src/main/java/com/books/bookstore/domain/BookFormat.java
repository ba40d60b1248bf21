package com.books.bookstore.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The form in which a book is sold. */
public enum BookFormat {
    HARDCOVER,
    PAPERBACK,
    EBOOK,
    AUDIOBOOK;

    /** The name in the API and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(BookFormat::code).collect(Collectors.toUnmodifiableList());
    }
}
