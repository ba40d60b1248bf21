package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsbnTest {

    @ParameterizedTest
    @CsvSource({
        "9780261103344, 9780261103344",
        "978-0-261-10334-4, 9780261103344",
        "978 0 261 10334 4, 9780261103344",
        "978\u20110261103344, 9780261103344",
        "0261103342, 9780261103344",
        "0-261-10334-2, 9780261103344",
        "080442957X, 9780804429573",
        "080442957x, 9780804429573",
        "9791090636071, 9791090636071"
    })
    void hasOneForm(String text, String digits) {
        assertThat(Isbn.parse(text)).map(Isbn::digits).contains(digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "9780261103345",
                "0261103343",
                "9770261103344",
                "978026110334",
                "97802611033440",
                "97802611033X4",
                "X261103344",
                "isbn 9780261103344",
                "９７８０２６１１０３３４４"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Isbn.parse(text)).isEmpty();
    }

    /** Law: exactly one check digit fits, and one digit that is wrong is noticed. */
    @Property
    void noticesAnyWrongDigit(
            @ForAll @LongRange(max = 999_999_999) long number,
            @ForAll @IntRange(min = 3, max = 12) int position,
            @ForAll @IntRange(min = 1, max = 9) int difference) {
        String start = String.format("978%09d", number);
        String valid = null;
        for (char check = '0'; check <= '9'; check++) {
            if (Isbn.parse(start + check).isPresent()) {
                assertThat(valid).isNull();
                valid = start + check;
            }
        }
        assertThat(valid).isNotNull();
        StringBuilder wrong = new StringBuilder(valid);
        wrong.setCharAt(position, (char) ('0' + (valid.charAt(position) - '0' + difference) % 10));
        assertThat(Isbn.parse(wrong.toString())).isEmpty();
        assertThat(Isbn.parse(valid)).map(Isbn::toString).contains(valid);
    }
}
