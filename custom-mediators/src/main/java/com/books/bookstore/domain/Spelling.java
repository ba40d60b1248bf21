package com.books.bookstore.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Corrects words that are in no book to words that are in some. */
public final class Spelling {

    private static final Comparator<Suggestion> BEST = Comparator.comparingInt(Suggestion::distance)
            .thenComparing(Comparator.comparingInt(Suggestion::books).reversed());

    private Spelling() {}

    /** A word of books that could be meant by a word that was searched for. Immutable. */
    public static final class Suggestion {

        private final String word;
        private final String meant;
        private final int books;

        /** @param books how many books have it */
        public Suggestion(String word, String meant, int books) {
            this.word = word;
            this.meant = meant;
            this.books = books;
        }

        private int distance() {
            return Spelling.distance(word.toLowerCase(Locale.ROOT), meant.toLowerCase(Locale.ROOT));
        }

        private int books() {
            return books;
        }
    }

    /**
     * The words with each replaced by the nearest suggestion for it, or of several by that of most books.
     *
     * @return the words with blanks between them; empty if that is what was searched for
     */
    public static Optional<String> correct(List<String> words, List<Suggestion> suggestions) {
        List<String> corrected = words.stream()
                .map(word -> suggestions.stream()
                        .filter(suggestion -> suggestion.word.equals(word))
                        .min(BEST)
                        .map(suggestion -> suggestion.meant)
                        .orElse(word))
                .collect(Collectors.toUnmodifiableList());
        return corrected.equals(words) ? Optional.empty() : Optional.of(String.join(" ", corrected));
    }

    /**
     * How many characters have to be left out, added, replaced or exchanged with their neighbor: the optimal string alignment distance.
     */
    static int distance(String from, String to) {
        int[][] distances = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(
                        Math.min(distances[i - 1][j], distances[i][j - 1]) + 1, distances[i - 1][j - 1] + cost);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    best = Math.min(best, distances[i - 2][j - 2] + 1);
                }
                distances[i][j] = best;
            }
        }
        return distances[from.length()][to.length()];
    }
}
