package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.problem.ProblemType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                " application/json ;x=y"
            })
    void takesJson(String contentType) {
        assertThatCode(() -> JsonBody.requireJson(contentType)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "text/plain", "application/xml", "application/jsonp", "application/x-www-form-urlencoded"})
    void takesNothingElse(String contentType) {
        assertThat(Problems.typeOf(() -> JsonBody.requireJson(contentType)))
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{]",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1}x",
                "[]",
                "1",
                "null",
                "\"text\"",
                "{\"items\":[],\"items\":[]}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "<a/>"
            })
    void refusesWhatIsNotOneJsonObjectWithoutDuplicateNames(String body) {
        assertThat(Problems.typeOf(() -> parse(body))).isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(Problems.typeOf(() -> JsonBody.parse("{\"title\":\"Füße\"}".getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(ProblemType.MALFORMED_JSON);
    }

    /** What Micro Integrator's parser refuses, too. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void otherEncodingsOfJsonAreMalformed(String charset) {
        byte[] body = "{\"title\":\"x\"}".getBytes(Charset.forName(charset));

        assertThat(Problems.typeOf(() -> JsonBody.parse(body))).isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @Test
    void aByteOrderMarkIsMalformed() {
        assertThat(Problems.typeOf(() -> parse("\uFEFF{\"title\":\"x\"}"))).isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, identity"})
    void compressedBodiesAreRefused(String contentEncoding) {
        assertThat(Problems.typeOf(() -> JsonBody.requireUncompressed(contentEncoding)))
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"identity", " Identity ", ""})
    void uncompressedBodiesAreTaken(String contentEncoding) {
        assertThatCode(() -> JsonBody.requireUncompressed(contentEncoding)).doesNotThrowAnyException();
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(Problems.typeOf(() -> parse("{\"a\":" + "[".repeat(100_000))))
                .isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483648",
                "1e-2147483648",
                "-1E+99999999999",
                "0e99999999999",
                "0.1e-2147483647",
                "1e99999999999999999999999"
            })
    void refusesExponentsThatNoNumberCanHave(String number) {
        for (String body : new String[] {"{\"email\":%s}", "{\"price\":%s}", "{\"x\":{\"y\":[%s]}}"}) {
            assertThat(Problems.typeOf(() -> parse(String.format(body, number))))
                    .as(body)
                    .isEqualTo(ProblemType.MALFORMED_JSON);
        }
    }

    /** Later JDKs have this number, which is out of every range. */
    @Test
    @EnabledOnJre(JRE.JAVA_17)
    void refusesAnExponentThatOnlyTheFractionBringsDown() {
        refusesExponentsThatNoNumberCanHave("1.5e2147483648");
    }

    @Test
    void takesSixteenLevelsAndNoMore() {
        assertThat(parse("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}").has("a"))
                .isTrue();
        assertThat(Problems.typeOf(() -> parse("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}")))
                .isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @Test
    void takesWhatTheLongestOrderNeedsAndNoMoreThanTenThousandTokens() {
        assertThat(parse(numbers(9_990)).path("a")).hasSize(9_990);
        assertThat(Problems.typeOf(() -> parse(numbers(10_000)))).isEqualTo(ProblemType.MALFORMED_JSON);
    }

    private static String numbers(int count) {
        return "{\"a\":[" + "1,".repeat(count - 1) + "1]}";
    }

    @Test
    void takes256KibAndNoByteMore() {
        String frame = "{\"a\":\"\"}";
        String largest = "{\"a\":\"" + "x".repeat(JsonBody.MAX_BYTES - frame.length()) + "\"}";

        assertThat(parse(largest).path("a").textValue()).hasSize(JsonBody.MAX_BYTES - frame.length());
        assertThat(Problems.typeOf(() -> parse(largest + " "))).isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    void aReasonHasLinesButNoOtherControlCharacters() {
        assertThat(RejectionBody.reason(parse("{\"reason\":\" First.\\r\\nSecond.\\n\"}")))
                .isEqualTo("First.\nSecond.");
        assertThat(Problems.typeOf(() -> RejectionBody.reason(parse("{\"reason\":\"a\\tb\\u0000\"}"))))
                .isEqualTo(ProblemType.INVALID_REQUEST);
    }

    @Test
    void readsABook() {
        BookData book = book(
                "{\"title\":\" The Hobbit \",\"author\":\"J. R. R. Tolkien\",\"isbn\":\"9780261103344\",\"price\":14.9,"
                        + "\"stockQuantity\":42,\"unknown\":{\"ignored\":true}}");

        assertThat(book.title()).isEqualTo("The Hobbit");
        assertThat(book.author()).isEqualTo("J. R. R. Tolkien");
        assertThat(book.isbn()).isEqualTo("9780261103344");
        assertThat(book.price()).isEqualTo("14.90");
        assertThat(book.stockQuantity()).hasValue(42);
    }

    @Test
    void aReplacementNeedsNoStock() {
        assertThat(BookData.ofReplacement(parse("{\"title\":\"T\",\"price\":1}"))
                        .stockQuantity())
                .isEmpty();
        assertThat(BookData.ofReplacement(parse("{\"title\":\"T\",\"price\":1,\"stockQuantity\":2000000000}"))
                        .stockQuantity())
                .hasValue(2_000_000_000);
    }

    @ParameterizedTest
    @CsvSource({"received, 3, 3", "returned, 3, 3", "damaged, 3, -3", "counted, 3, 3", "counted, -3, -3"})
    void readsAStockMovement(String type, int quantity, int change) {
        StockMovementBody movement = StockMovementBody.from(
                parse("{\"type\":\"" + type + "\",\"quantity\":" + quantity + ",\"reason\":\" why \"}"));

        assertThat(movement.type().code()).isEqualTo(type);
        assertThat(movement.change()).isEqualTo(change);
        assertThat(movement.reason()).isEqualTo("why");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|type is required|quantity is required",
                "{\"type\":\"sold\",\"quantity\":1}|type must be received or returned or damaged or counted|",
                "{\"type\":5,\"quantity\":1}|type must be received or returned or damaged or counted|",
                "{\"type\":\"damaged\",\"quantity\":-1}|quantity must be a whole number from 1 to 1000000000|",
                "{\"type\":\"received\",\"quantity\":1000000001}|quantity must be a whole number from 1 to 1000000000|",
                "{\"type\":\"counted\",\"quantity\":0}|quantity must not be 0|"
            })
    void namesWhatIsWrongWithAStockMovement(String body, String first, String second) {
        assertThat(Problems.fieldsOf(() -> StockMovementBody.from(parse(body))))
                .containsExactlyElementsOf(second == null ? List.of(first) : List.of(first, second));
    }

    @Test
    void aBookNeedsNeitherAuthorNorIsbn() {
        BookData book = book("{\"title\":\"T\",\"author\":null,\"price\":0,\"stockQuantity\":0}");

        assertThat(book.author()).isEmpty();
        assertThat(book.isbn()).isEmpty();
        assertThat(book.price()).isEqualTo("0.00");
    }

    @Test
    void namesEveryMissingField() {
        assertThat(Problems.fieldsOf(() -> book("{}")))
                .containsExactly("title is required", "price is required", "stockQuantity is required");
        assertThat(Problems.fieldsOf(() -> book("{\"title\":null,\"price\":null,\"stockQuantity\":null}")))
                .containsExactly("title is required", "price is required", "stockQuantity is required");
    }

    @Test
    void namesEveryFieldOfAWrongType() {
        assertThat(Problems.fieldsOf(() ->
                        book("{\"title\":1,\"author\":[],\"isbn\":true,\"price\":\"9.90\",\"stockQuantity\":\"5\"}")))
                .containsExactly(
                        "title must be text",
                        "author must be text",
                        "isbn must be text",
                        "price must be a number",
                        "stockQuantity must be a whole number from 0 to 1000000000");
    }

    @Test
    void keepsTheLengthsThatTheDatabaseHas() {
        String longest = "{\"title\":\"" + "📚".repeat(255) + "\",\"author\":\"" + "a".repeat(255) + "\",\"isbn\":\""
                + "978-0-261-10334-4" + "\",\"price\":1,\"stockQuantity\":1}";

        assertThat(book(longest).title()).isEqualTo("📚".repeat(255));
        assertThat(Problems.fieldsOf(() -> book("{\"title\":\"" + "t".repeat(256) + "\",\"author\":\"" + "a".repeat(256)
                        + "\",\"isbn\":\"" + "1".repeat(41) + "\",\"price\":1,\"stockQuantity\":1}")))
                .containsExactly(
                        "title must have at most 255 characters",
                        "author must have at most 255 characters",
                        "isbn must have at most 40 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '|title must not be blank",
                "a\\u0000b|title must not contain control characters",
                "a\\nb|title must not contain control characters",
                "a\\ud800|title must not contain control characters",
                "\\udc00a|title must not contain control characters",
                "\\uffff|title must not contain control characters"
            })
    void refusesTitlesThatCannotBePrinted(String title, String error) {
        assertThat(Problems.fieldsOf(() -> book("{\"title\":\"" + title + "\",\"price\":1,\"stockQuantity\":1}")))
                .containsExactly(error);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "99999999.99, 99999999.99",
        "1.10, 1.10",
        "1.100000, 1.10",
        "1e3, 1000.00",
        "0e999999999, 0.00",
        "0e2147483647, 0.00",
        "0e-2147483647, 0.00",
        "990e-2, 9.90"
    })
    void takesPricesOfTwoDecimals(String json, String price) {
        assertThat(price(json).price()).isEqualTo(price);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, from 0 to 99999999.99",
        "100000000, from 0 to 99999999.99",
        "1e999999999, from 0 to 99999999.99",
        "10e2147483646, from 0 to 99999999.99",
        "-10e2147483646, from 0 to 99999999.99"
    })
    void refusesPricesOutOfRange(String json, String rule) {
        assertThat(Problems.fieldsOf(() -> price(json))).containsExactly("price must be " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1.999", "1e-999999999", "1e-2147483647"})
    void refusesFractionsOfACent(String json) {
        assertThat(Problems.fieldsOf(() -> price(json))).containsExactly("price must have at most two decimals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1000000001",
                "1.5",
                "1e-1",
                "1e10",
                "999999999.5",
                "1e999999999",
                "1e-999999999",
                "true",
                "[]",
                "99999999999999999999"
            })
    void refusesStockThatIsNoSuchNumber(String json) {
        assertThat(Problems.fieldsOf(() -> book("{\"title\":\"T\",\"price\":1,\"stockQuantity\":" + json + "}")))
                .containsExactly("stockQuantity must be a whole number from 0 to 1000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1e0, 1",
        "1E+2, 100",
        "10e-1, 1",
        "0.0, 0",
        "-0.0, 0",
        "0e99, 0",
        "1000000000.000, 1000000000"
    })
    void takesWholeNumbersHoweverTheyAreWritten(String json, int number) {
        assertThat(book("{\"title\":\"T\",\"price\":1,\"stockQuantity\":" + json + "}")
                        .stockQuantity())
                .hasValue(number);
    }

    @Test
    void takesWholeNumbersOfAnOrderHoweverTheyAreWritten() {
        assertThat(order("{\"items\":[{\"bookId\":3.0,\"quantity\":2e0}]}").lines())
                .containsExactly(new OrderLine(3, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u00a0",
                "\\u200b",
                "\\u2060\\ufeff",
                " \\u3000\\u200d",
                "\\u2067\\u2069",
                "\\u00ad",
                "\\u202f",
                "\\u3164",
                "\\u115f\\uffa0",
                "\\u2800\\u034f",
                "\\ufe0f",
                "\\u0301",
                "\\u20dd \\u064b"
            })
    void aTitleHasSomethingToSee(String invisible) {
        assertThat(Problems.fieldsOf(() -> book("{\"title\":\"" + invisible + "\",\"price\":1,\"stockQuantity\":1}")))
                .containsExactly("title must not be blank");
    }

    @Test
    void storesTextsComposedAndWithoutInvisibleEnds() {
        BookData book =
                book("{\"title\":\"\\u00a0Fu\\u0308\\u00dfe\\u200b \",\"author\":\"\\ufeffA\\u200d\\u0042\\u00a0\","
                        + "\"isbn\":\"\\u200e0261103342\",\"price\":1,\"stockQuantity\":1}");

        assertThat(book.title()).isEqualTo("F\u00fc\u00dfe");
        assertThat(book.author()).isEqualTo("A\u200dB");
        assertThat(book.isbn()).isEqualTo("9780261103344");
    }

    @Test
    void keepsTheCharactersThatAPictureIsMadeOf() {
        String flag = "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f";
        assertThat(book("{\"title\":\"" + flag + "\",\"price\":1,\"stockQuantity\":1}")
                        .title())
                .isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u00a0summer-10\\u00a0", "\\u200bsummer-10\\ufeff", "\\u2007 summer-10\\u200d"})
    void aPromotionCodeHasNoInvisibleEnds(String code) {
        assertThat(order("{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"" + code + "\"}")
                        .promoCode())
                .contains("SUMMER-10");
    }

    @Test
    void readsAnOrder() {
        OrderRequest order =
                order("{\"items\":[{\"bookId\":9,\"quantity\":1},{\"bookId\":3,\"quantity\":2,\"note\":\"gift\"},"
                        + "{\"bookId\":9,\"quantity\":4}],\"promoCode\":\" summer-10 \"}");

        assertThat(order.lines()).containsExactly(new OrderLine(3, 2), new OrderLine(9, 5));
        assertThat(order.promoCode()).contains("SUMMER-10");
        assertThat(OrderBody.bookIds(order)).isEqualTo("[3,9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"promoCode\":null", ",\"promoCode\":\"\"", ",\"promoCode\":\"  \""})
    void anOrderNeedsNoPromotion(String promotion) {
        assertThat(order("{\"items\":[{\"bookId\":1,\"quantity\":1}]" + promotion + "}")
                        .promoCode())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|items is required",
                "{\"items\":null}|items is required",
                "{\"items\":{}}|items must be an array",
                "{\"items\":[]}|items must have at least one item"
            })
    void anOrderNeedsItems(String body, String error) {
        assertThat(Problems.fieldsOf(() -> order(body))).containsExactly(error);
    }

    @Test
    void namesEveryWrongFieldOfAnOrder() {
        assertThat(
                        Problems.fieldsOf(
                                () -> order(
                                        "{\"items\":[{\"bookId\":\"1\",\"quantity\":0},{\"bookId\":0},7,"
                                                + "{\"bookId\":2147483648,\"quantity\":1.5},{\"quantity\":1000,\"bookId\":1}],\"promoCode\":7}")))
                .containsExactly(
                        "items[0].bookId must be a whole number from 1 to 2147483647",
                        "items[0].quantity must be a whole number from 1 to 999",
                        "items[1].bookId must be a whole number from 1 to 2147483647",
                        "items[1].quantity is required",
                        "items[2] must be an object",
                        "items[3].bookId must be a whole number from 1 to 2147483647",
                        "items[3].quantity must be a whole number from 1 to 999",
                        "items[4].quantity must be a whole number from 1 to 999",
                        "promoCode must be text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "50%",
                "ÄPFEL",
                "SÜMMER-10",
                "ſUMMER-10",
                "wıNTER",
                "123456789012345678901234567890123456789%"
            })
    void aCodeThatNoPromotionCanHaveIsLikeAnUnknownOne(String code) {
        assertThat(Problems.typeOf(
                        () -> order("{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"" + code + "\"}")))
                .isEqualTo(ProblemType.PROMO_CODE_INVALID);
    }

    @Test
    void refusesCodesThatAreTooLongOrHaveControlCharacters() {
        assertThat(Problems.fieldsOf(() ->
                        order("{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"" + "A".repeat(41) + "\"}")))
                .containsExactly("promoCode must have at most 40 characters");
        assertThat(Problems.fieldsOf(
                        () -> order("{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"A\\u0007B\"}")))
                .containsExactly("promoCode must not contain control characters");
    }

    @Test
    void limitsCopiesAfterAddingUpLines() {
        assertThat(Problems.fieldsOf(
                        () -> order("{\"items\":[{\"bookId\":5,\"quantity\":998},{\"bookId\":5,\"quantity\":1},"
                                + "{\"bookId\":5,\"quantity\":1}]}")))
                .containsExactly("items[2].quantity brings the order to more than 999 copies of book 5");
    }

    @Test
    void limitsDifferentBooksAfterAddingUpLines() {
        assertThat(order(items(IntStream.range(0, 1000).map(i -> i % 100 + 1))).lines())
                .hasSize(100);
        assertThat(Problems.fieldsOf(() -> order(items(IntStream.rangeClosed(1, 101)))))
                .containsExactly("items must have at most 100 different books");
        assertThat(Problems.fieldsOf(
                        () -> order(items(IntStream.rangeClosed(0, 1000).map(i -> 1)))))
                .containsExactly("items must have at most 1000 items");
    }

    private static String items(IntStream bookIds) {
        return bookIds.mapToObj(id -> "{\"bookId\":" + id + ",\"quantity\":1}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static JsonNode parse(String body) {
        return JsonBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static BookData book(String body) {
        return BookData.ofNewBook(parse(body));
    }

    private static BookData price(String json) {
        return book("{\"title\":\"T\",\"price\":" + json + ",\"stockQuantity\":1}");
    }

    private static OrderRequest order(String body) {
        return OrderBody.parse(parse(body));
    }
}
