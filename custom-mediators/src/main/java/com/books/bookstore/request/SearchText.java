package com.books.bookstore.request;

import com.books.bookstore.domain.Isbn;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody searches for, taken apart into words as the database has them: letters and digits in lower case; apostrophes are left
 * out, everything else separates. The procedure {@code index_books} does the same to titles and authors. Immutable.
 */
public final class SearchText {

    /** More words do not make a search more exact, only longer. */
    static final int MAX_WORDS = 8;

    private static final int MAX_WORD_LENGTH = 64;
    private static final Pattern APOSTROPHES = Pattern.compile("['\u2019\u2018\u02BC`\u00B4]");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    /** The beginning of an ISBN, perhaps with hyphens and blanks. */
    private static final Pattern START_OF_ISBN = Pattern.compile("[0-9][0-9\\- \u2010-\u2015]{3,16}");

    private final List<String> words;
    private final String isbn;

    private SearchText(List<String> words, String isbn) {
        this.words = words;
        this.isbn = isbn;
    }

    /** @param text without blanks at its ends; empty to find everything */
    public static SearchText of(String text) {
        String digits = Isbn.parse(text).map(Isbn::digits).orElseGet(() -> startOfIsbn(text));
        boolean onlyIsbn = !digits.isEmpty() && !Texts.isDigits(text);
        return new SearchText(onlyIsbn ? List.of() : words(text), digits);
    }

    private static String startOfIsbn(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return START_OF_ISBN.matcher(text).matches() && digits.length() > 4 && digits.length() < 14 ? digits : "";
    }

    private static List<String> words(String text) {
        String folded = APOSTROPHES
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
                .replaceAll("")
                // Letters that the collation of the database does not fold.
                .replace('\u0142', 'l')
                .replace('\u0111', 'd')
                .replace('\u0131', 'i');
        List<String> words = SEPARATORS
                .splitAsStream(folded)
                .filter(word -> !word.isEmpty())
                .map(word ->
                        word.substring(0, word.offsetByCodePoints(0, Math.min(MAX_WORD_LENGTH, Texts.length(word)))))
                .distinct()
                .limit(MAX_WORDS)
                .collect(Collectors.toUnmodifiableList());
        // A text without a letter or digit, such as %, is in no book.
        return words.isEmpty() && !folded.isBlank() ? List.of(folded.substring(0, 1)) : words;
    }

    /** At most {@value #MAX_WORDS}, all of which a book must have; none to find everything. */
    public List<String> words() {
        return words;
    }

    /** The digits with which the ISBN of a book may begin instead; empty if the text is not the beginning of an ISBN. */
    public String isbn() {
        return isbn;
    }

    public boolean isEmpty() {
        return words.isEmpty() && isbn.isEmpty();
    }
}
