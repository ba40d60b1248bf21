package com.books.bookstore.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** An International Standard Book Number in its one stored form: 13 digits. Immutable. */
public final class Isbn {

    /** Hyphens and blanks, by which people group the digits. */
    private static final Pattern SEPARATORS = Pattern.compile("[-\\u2010-\\u2015\\s\\u00A0]");

    private static final Pattern ISBN_10 = Pattern.compile("[0-9]{9}[0-9Xx]");
    private static final Pattern ISBN_13 = Pattern.compile("97[89][0-9]{10}");

    private final String digits;

    private Isbn(String digits) {
        this.digits = digits;
    }

    /**
     * Reads an ISBN-13, or an ISBN-10 as the same book's ISBN-13.
     *
     * @param text digits, with or without hyphens and blanks
     * @return empty if it is neither, or its check digit is wrong
     */
    public static Optional<Isbn> parse(String text) {
        String plain = SEPARATORS.matcher(text).replaceAll("");
        if (ISBN_13.matcher(plain).matches()) {
            return plain.charAt(12) == checkDigit(plain) ? Optional.of(new Isbn(plain)) : Optional.empty();
        }
        if (!ISBN_10.matcher(plain).matches() || weightedSum10(plain) % 11 != 0) {
            return Optional.empty();
        }
        String start = "978" + plain.substring(0, 9);
        return Optional.of(new Isbn(start + checkDigit(start)));
    }

    private static int weightedSum10(String isbn10) {
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            char c = isbn10.charAt(i);
            sum += (10 - i) * (c == 'X' || c == 'x' ? 10 : c - '0');
        }
        return sum;
    }

    /** The last digit that belongs to the first twelve. */
    private static char checkDigit(String isbn13) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (isbn13.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    /** The 13 digits. */
    public String digits() {
        return digits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Isbn && digits.equals(((Isbn) other).digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }

    @Override
    public String toString() {
        return digits;
    }
}
