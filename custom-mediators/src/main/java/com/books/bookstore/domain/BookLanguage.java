package com.books.bookstore.domain;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/** The language of a book as a BCP 47 tag in its usual spelling, such as {@code en}, {@code pt-BR} or {@code zh-Hant}. Immutable. */
public final class BookLanguage {

    /** Characters of a tag at most: what RFC 5646 says that programs should be able to keep. */
    public static final int MAX_LENGTH = 35;

    private final String tag;

    private BookLanguage(String tag) {
        this.tag = tag;
    }

    /**
     * Reads a tag in any case.
     *
     * @return empty if it is not well-formed, too long, or its first part is not an ISO 639 code
     */
    public static Optional<BookLanguage> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Locale locale = new Locale.Builder().setLanguageTag(text).build();
            return isKnown(locale) ? Optional.of(new BookLanguage(locale.toLanguageTag())) : Optional.empty();
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** Codes without an English name are in no list of languages that the platform has. */
    private static boolean isKnown(Locale locale) {
        String code = locale.getLanguage();
        return !code.isEmpty() && !locale.getDisplayLanguage(Locale.ENGLISH).equals(code);
    }

    /** The tag. */
    public String tag() {
        return tag;
    }

    @Override
    public String toString() {
        return tag;
    }
}
