package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.domain.Spelling.Suggestion;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @Test
    void replacesOnlyWhatIsInNoBook() {
        assertThat(Spelling.correct(
                        List.of("harry", "poter"),
                        List.of(new Suggestion("harry", "harry", 3), new Suggestion("poter", "potter", 7))))
                .contains("harry potter");
    }

    @Test
    void theNearestWordIsMeantAndOfTwoTheMoreFrequent() {
        assertThat(Spelling.correct(
                        List.of("hobit"),
                        List.of(new Suggestion("hobit", "rabbit", 900), new Suggestion("hobit", "hobbit", 2))))
                .contains("hobbit");
        assertThat(Spelling.correct(
                        List.of("lowe"),
                        List.of(new Suggestion("lowe", "lower", 1), new Suggestion("lowe", "love", 80))))
                .contains("love");
    }

    @Test
    void nothingElseIsSuggestedForTheSameWords() {
        assertThat(Spelling.correct(List.of("dune"), List.of())).isEmpty();
        assertThat(Spelling.correct(List.of("dune"), List.of(new Suggestion("dune", "dune", 1))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "tolkein, tolkien, 1", "dostoevsky, dostoyevsky, 1", "kitten, sitting, 3"})
    void countsWhatHasToBeChanged(String from, String to, int distance) {
        assertThat(Spelling.distance(from, to)).isEqualTo(distance);
    }

    @Property
    void theDistanceIsTheSameInBothDirectionsAndZeroOnlyForTheSame(
            @ForAll @AlphaChars @StringLength(max = 8) String one,
            @ForAll @AlphaChars @StringLength(max = 8) String other) {
        assertThat(Spelling.distance(one, other)).isEqualTo(Spelling.distance(other, one));
        assertThat(Spelling.distance(one, other) == 0).isEqualTo(one.equals(other));
    }
}
