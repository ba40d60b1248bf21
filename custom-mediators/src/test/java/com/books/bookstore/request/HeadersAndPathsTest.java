package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersAndPathsTest {

    @Test
    void readsNumbersOfPaths() {
        assertThat(PathId.parse("bookId", "17", ProblemType.BOOK_NOT_FOUND)).isEqualTo(17);
        assertThat(PathId.parse("bookId", "2147483647", ProblemType.BOOK_NOT_FOUND))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "abc", "-1", "1.0", "+1", " 1", "1 OR 1=1", "٣"})
    void namesAPathVariableThatIsNoNumber(String text) {
        assertThat(Problems.fieldsOf(() -> PathId.parse("bookId", text, ProblemType.BOOK_NOT_FOUND)))
                .containsExactly("bookId must be a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2147483648", "9999999999", "99999999999999999999999999"})
    void findsNothingUnderANumberThatCannotExist(String text) {
        assertThat(Problems.typeOf(() -> PathId.parse("orderId", text, ProblemType.ORDER_NOT_FOUND)))
                .isEqualTo(ProblemType.ORDER_NOT_FOUND);
    }

    @Test
    void readsEntityTags() {
        assertThat(IfMatch.required("\"3\"")).isEqualTo("3");
        assertThat(IfMatch.required(" * ")).isEqualTo("*");
        assertThat(IfMatch.optional(null)).isEqualTo("*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"1\", \"2\"|1,2",
                "\"1\",\"1\"|1",
                ",\"1\", ,\"2\",|1,2",
                "W/\"3\", \"4\"|4",
                "\"3-gzip\", \"3\"|3",
                "\"a,\", \"7\"|7"
            })
    void readsListsOfEntityTags(String header, String versions) {
        assertThat(IfMatch.required(header)).isEqualTo(versions);
        assertThat(IfMatch.optional(header)).isEqualTo(versions);
    }

    @Test
    void takesTwentyEntityTagsAndNoMore() {
        assertThat(IfMatch.required("\"1\", ".repeat(19) + "\"2\"")).isEqualTo("1,2");
        assertThat(Problems.typeOf(() -> IfMatch.required("\"1\", ".repeat(20) + "\"2\"")))
                .isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void readsAHeaderOfManyBlanksQuickly() {
        String blanks = " , ".repeat(20_000);
        assertThat(Problems.typeOf(() -> IfMatch.required("\"1\"" + blanks + "x")))
                .isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"3\"", "\"\"", "\"x\"", "\"12345678901\"", "\"3-gzip\"", "W/\"1\", \"3,4\""})
    void noVersionHasAnyOtherTag(String header) {
        assertThat(Problems.typeOf(() -> IfMatch.required(header))).isEqualTo(ProblemType.PRECONDITION_FAILED);
        assertThat(Problems.typeOf(() -> IfMatch.optional(header))).isEqualTo(ProblemType.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "3", "\"3", "\"1\"\"2\"", "*, \"1\"", "\"1\", *", "\"1\" \"2\"", "\"1\", 2", ",", "w/\"1\""})
    void refusesWhatIsNoListOfEntityTags(String header) {
        assertThat(Problems.typeOf(() -> IfMatch.required(header))).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(Problems.typeOf(() -> IfMatch.optional(header))).isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "*", "\"1\", \"3\"", "\"1\",W/\"3\""})
    void knowsTheVersionsThatTheCallerHas(String header) {
        assertThat(IfNoneMatch.has(header, "\"3\"")).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "3", "\"33\"", "\"1\", \"2\""})
    void sendsWhatTheCallerDoesNotHave(String header) {
        assertThat(IfNoneMatch.has(header, "\"3\"")).isFalse();
    }

    @Test
    void aReplacementNeedsAVersion() {
        assertThat(Problems.typeOf(() -> IfMatch.required(null))).isEqualTo(ProblemType.PRECONDITION_REQUIRED);
    }

    @Test
    void readsIdempotencyKeys() {
        assertThat(IdempotencyKey.required(" a-key! ")).isEqualTo("a-key!");
        assertThat(IdempotencyKey.required("k".repeat(255))).hasSize(255);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void anOrderNeedsAnIdempotencyKey(String header) {
        assertThat(Problems.typeOf(() -> IdempotencyKey.required(header)))
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "käse", "a\tb", "a\u007Fb"})
    void refusesKeysWithOtherThanVisibleAscii(String header) {
        assertThat(Problems.typeOf(() -> IdempotencyKey.required(header)))
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_INVALID);
    }

    @Test
    void refusesKeysThatAreTooLong() {
        assertThat(Problems.typeOf(() -> IdempotencyKey.required("k".repeat(256))))
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_INVALID);
    }
}
