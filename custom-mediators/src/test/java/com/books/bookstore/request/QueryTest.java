package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void decodesNamesAndValues() {
        QueryParameters query = QueryParameters.parse("q=caf%C3%A9+au%20lait&a%26b=1%2B1&empty=&flag&q2=%E2%82%AC");

        assertThat(query.get("q")).contains("café au lait");
        assertThat(query.get("a&b")).contains("1+1");
        assertThat(query.get("empty")).contains("");
        assertThat(query.get("flag")).contains("");
        assertThat(query.get("q2")).contains("€");
        assertThat(query.get("missing")).isEmpty();
    }

    @Test
    void theLastOfRepeatedParametersCounts() {
        assertThat(QueryParameters.parse("limit=1&limit=2").get("limit")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%", "q=100%", "q=%zz", "%=1"})
    void refusesBrokenEscapes(String query) {
        assertThat(Problems.fieldsOf(() -> QueryParameters.parse(query)))
                .containsExactly("query has a % that is not followed by two hexadecimal digits");
    }

    @Test
    void aListOfBooksHasDefaults() {
        BookQuery query = books(null);

        assertThat(query.search().isEmpty()).isTrue();
        assertThat(query.maxStock()).isEqualTo(-1);
        assertThat(query.place()).isEmpty();
        assertThat(query.sort()).isEqualTo("title_asc");
        assertThat(query.page().limit()).isEqualTo(20);
        assertThat(query.page().offset()).isZero();
    }

    @Test
    void takesEverythingThatIsGiven() {
        BookQuery query = books("q=tolkien&sort=price&order=desc&limit=100&offset=10000");

        assertThat(query.search().words()).containsExactly("tolkien");
        assertThat(query.sort()).isEqualTo("price_desc");
        assertThat(query.page().limit()).isEqualTo(100);
        assertThat(query.page().offset()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100%25 | 100",
                "snake_case | snake case",
                "+++ | ''",
                "%25 | %",
                "%C2%A0Fu%CC%88%C3%9Fe%E2%80%8B | f\u00FC\u00DFe",
                "animal++farm | animal farm",
                "handmaid%E2%80%99s | handmaids",
                "Handmaid's Tale | handmaids tale",
                "war+%26+peace | war peace",
                "V. | v",
                "twenty%E2%80%93one | twenty one",
                "the+the | the",
                "Stanis%C5%82aw | stanislaw",
                "a b c d e f g h i j | a b c d e f g h"
            })
    void takesSearchesApartIntoWords(String q, String words) {
        assertThat(String.join(" ", books("q=" + q.replace(' ', '+')).search().words()))
                .isEqualTo(words);
    }

    @Test
    void withoutAnOrderTheBestComeFirst() {
        assertThat(books("q=king").sort()).isEqualTo("relevance_asc");
        assertThat(books("q=king&sort=relevance&order=desc").sort()).isEqualTo("relevance_asc");
        assertThat(books("q=king&sort=title").sort()).isEqualTo("title_asc");
        assertThat(books("sort=relevance&order=desc").sort()).isEqualTo("title_desc");
        assertThat(books("q=978-0-261-10334-4").sort()).isEqualTo("relevance_asc");
    }

    @Test
    void aPageGoesOnWhereTheLastOneEnded() {
        String place = Place.encode("price_asc", "[\"9.90\", 17]");

        assertThat(books("sort=price&next=" + place).place()).isEqualTo("[\"9.90\",17]");
        assertThat(books("q=king&next=" + Place.encode("relevance_asc", "[\"It\",3,0]"))
                        .place())
                .isEqualTo("[\"It\",3,0]");
    }

    @Test
    void refusesPlacesOfOtherListsAndMadeUpOnes() {
        for (String next : new String[] {
            "x",
            "%25",
            "",
            Place.encode("price_desc", "[\"9.90\",17]"),
            Place.encode("price_asc", "[\"nine\",17]"),
            Place.encode("price_asc", "[\"9.90\",17,0,0]"),
            Place.encode("price_asc", "[\"9.90\",\"17\"]"),
            Place.encode("price_asc", "[\"9.90\",99999999999]"),
            Place.encode("price_asc", "{}"),
            Place.encode("price_asc", "[") + "A".repeat(2_000)
        }) {
            assertThat(Problems.fieldsOf(() -> books("sort=price&next=" + next)))
                    .as(next)
                    .containsExactly("next must be the next of an earlier page of this list in the same order");
        }
        assertThat(Problems.fieldsOf(() -> books("offset=1&next=" + Place.encode("title_asc", "[\"Emma\",1]"))))
                .containsExactly("next must not be sent together with offset");
        assertThat(Problems.fieldsOf(() -> books("offset=10001")))
                .containsExactly("offset must be at most 10000; further pages are found by next of the page before");
    }

    @Test
    void namesEveryWrongParameter() {
        assertThat(Problems.fieldsOf(() -> books("q=" + "x".repeat(201) + "&sort=isbn&order=up&limit=0&offset=-1")))
                .containsExactly(
                        "q must have at most 200 characters",
                        "sort must be title or price or relevance",
                        "order must be asc or desc",
                        "limit must be a whole number from 1 to 100",
                        "offset must be a whole number from 0 to 2147483647");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=101",
                "limit=",
                "limit=abc",
                "limit=1.0",
                "limit=1e1",
                "limit=99999999999999999999",
                "limit=%D9%A1"
            })
    void refusesLimitsThatAreNoSuchNumber(String query) {
        assertThat(Problems.fieldsOf(() -> books(query))).containsExactly("limit must be a whole number from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%00", "q=a%0Ab", "q=%EF%BF%BE"})
    void refusesControlCharactersInASearch(String query) {
        assertThat(Problems.fieldsOf(() -> books(query))).containsExactly("q must not contain control characters");
    }

    @Test
    void countsCharactersAndNotHalvesOfThem() {
        assertThat(books("q=" + "%F0%9F%93%9A".repeat(200)).search().words()).hasSize(1);
    }

    @Test
    void filtersOrdersByStatus() {
        assertThat(orders(null).status()).isEmpty();
        assertThat(orders("status=cancelled&limit=5").status()).isEqualTo("cancelled");
        assertThat(Problems.fieldsOf(() -> orders("status=lost&offset=x")))
                .containsExactly(
                        "status must be pending or completed or cancelled or returned",
                        "offset must be a whole number from 0 to 2147483647");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "q=Emma, emma, ''",
        "q=978-0-261-10334-4, '', 9780261103344",
        "q=0261103342, 0261103342, 9780261103344",
        "q=978-0-261, '', 9780261",
        "q=20000, 20000, 20000",
        "q=1984, 1984, ''"
    })
    void findsBooksForStaff(String query, String words, String isbn) {
        BookQuery books = BookQuery.ofStaff(QueryParameters.parse(query));
        assertThat(String.join(" ", books.search().words())).isEqualTo(words);
        assertThat(books.search().isbn()).isEqualTo(isbn);
        assertThat(books.maxStock()).isEqualTo(-1);
    }

    @Test
    void namesWhatIsWrongWithASearchOfBooks() {
        BookQuery low = BookQuery.ofStaff(QueryParameters.parse("maxStock=5&sort=stock&order=desc"));
        assertThat(low.maxStock()).isEqualTo(5);
        assertThat(low.sort()).isEqualTo("stock_desc");
        assertThat(Problems.fieldsOf(
                        () -> BookQuery.ofStaff(QueryParameters.parse("low=1&maxStock=-1&sort=isbn&order=up&limit=0"))))
                .containsExactly(
                        "low is not a parameter of this operation",
                        "maxStock must be a whole number from 0 to 1000000000",
                        "sort must be title or price or stock or relevance",
                        "order must be asc or desc",
                        "limit must be a whole number from 1 to 100");
    }

    /** To the collation of the database a lone accent is no text, and no category would be asked for. */
    @Test
    void aCategoryHasSomethingToSee() {
        assertThat(Problems.fieldsOf(() -> books("category=%CC%81"))).containsExactly("category must not be blank");
    }

    @Test
    void findsOrders() {
        OrderQuery all = orders("");
        assertThat(all.orderId()).isZero();
        assertThat(all.customer() + all.from() + all.to()).isEmpty();
        assertThat(all.book().isEmpty()).isTrue();
        assertThat(all.oldestFirst()).isFalse();

        OrderQuery some =
                orders("orderId=17&customer=%20Ann_B&book=100%25&from=2026-11-01&to=2026-11-30&order=asc&limit=7");
        assertThat(some.orderId()).isEqualTo(17);
        assertThat(some.customer()).isEqualTo("Ann_B");
        assertThat(some.book().words()).containsExactly("100");
        assertThat(some.from() + some.to()).isEqualTo("2026-11-012026-11-30");
        assertThat(some.oldestFirst()).isTrue();
        assertThat(some.page().page().limit()).isEqualTo(7);
    }

    @Test
    void refusesParametersThatOrdersDoNotHave() {
        assertThat(Problems.fieldsOf(() ->
                        orders("userEmail=a&%3Cb%3E=1&orderId=0&customer=%00&from=2026-11-02&to=2026-11-01&order=up")))
                .containsExactly(
                        "query is not a parameter of this operation",
                        "userEmail is not a parameter of this operation",
                        "orderId must be a whole number from 1 to 2147483647",
                        "customer must not contain control characters",
                        "from must not be after to",
                        "order must be desc or asc");
    }

    private static BookQuery books(String query) {
        return BookQuery.from(QueryParameters.parse(query));
    }

    private static OrderQuery orders(String query) {
        return OrderQuery.from(QueryParameters.parse(query));
    }

    @Test
    void aReportHasThirtyDaysUntilTodayUnlessItSaysOtherwise() {
        Days days = days("");
        assertThat(days.to()).isEqualTo(TODAY);
        assertThat(days.from()).isEqualTo("2026-10-24");
        assertThat(days("to=2026-01-31").from()).isEqualTo("2026-01-02");
        assertThat(days("from=2025-11-22").from()).isEqualTo("2025-11-22");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "from=2026-02-30, from",
        "to=2026-1-1, to",
        "from=2026-11-23, from",
        "from=2025-11-21, from",
        "from=1969-12-31, from",
        "to=, to",
        "from=%2B2026-01-01, from",
        "to=%2B12345-01-01, to"
    })
    void whatIsNoRangeOfDaysIsNamed(String query, String field) {
        assertThat(Problems.fieldsOf(() -> days(query))).isNotEmpty().allMatch(error -> error.startsWith(field + " "));
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-20&to=2026-11-30, 2026-11-20",
        "from=2026-11-22&to=2027-01-01, 2026-11-22",
        "to=2026-12-01, 2026-11-02",
        "from=2026-11-23&to=2026-11-23, 2026-11-23",
        "from=2038-01-19&to=2038-01-19, 2026-11-23",
        "from=9999-01-01&to=9999-12-31, 2026-11-23"
    })
    void aReportLeavesOutDaysInTheFuture(String query, String from) {
        assertThat(days(query).from()).isEqualTo(from);
        assertThat(days(query).to()).isEqualTo(TODAY);
    }

    @Test
    void aDayIsUpToToday() {
        assertThat(Days.upToToday("date", "2026-11-22", TODAY)).isEqualTo(TODAY);
        assertThatThrownBy(() -> Days.upToToday("date", "2026-11-23", TODAY))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SUMMARY_NOT_FOUND));
        assertThat(Problems.fieldsOf(() -> Days.upToToday("date", null, TODAY))).isNotEmpty();
        assertThat(Problems.fieldsOf(() -> Days.upToToday("date", "2026-11-22'--", TODAY)))
                .isNotEmpty();
    }

    @Test
    void mailsAreListedByStatus() {
        assertThat(StatusQuery.ofMails(QueryParameters.parse("")).status()).isEmpty();
        assertThat(StatusQuery.ofMails(QueryParameters.parse("status=dead&limit=5"))
                        .status())
                .isEqualTo("dead");
        assertThat(Problems.fieldsOf(() -> StatusQuery.ofMails(QueryParameters.parse("status=lost"))))
                .containsExactly("status must be waiting or sent or dead");
    }

    @Test
    void aListGoesOnAfterThePlaceOfItsLastRow() {
        assertThat(orders("").page().number()).isEqualTo("0");
        PlacedPage page =
                orders("order=asc&next=" + Place.encode("orders_asc", "[17]")).page();
        assertThat(page.number()).isEqualTo("17");
        assertThat(page.text()).isEmpty();
        assertThat(Place.encode(page.list(), "[17]")).isEqualTo(Place.encode("orders_asc", "[17]"));
        PlacedPage promotions =
                PlacedPage.from(QueryParameters.parse("next=" + Place.encode("codes", "[5,\"A\"]")), "codes");
        assertThat(promotions.number() + promotions.text()).isEqualTo("5A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[17]x",
                "[0]",
                "[-1]",
                "[1.5]",
                "[9223372036854775808]",
                "[\"17\"]",
                "{}",
                "[1,2]",
                "[1,\"A\",1]",
                ""
            })
    void aPlaceThatNoPageNamedIsRefused(String row) {
        assertThat(Problems.fieldsOf(() -> orders("next=" + Place.encode("orders_desc", row))))
                .containsExactly("next must be the next of an earlier page of this list in the same order");
        assertThat(Problems.fieldsOf(() -> orders("order=asc&next=" + Place.encode("orders_desc", "[17]"))))
                .containsExactly("next must be the next of an earlier page of this list in the same order");
        assertThat(Problems.fieldsOf(() -> orders("offset=10001")))
                .containsExactly("offset must be at most 10000; further pages are found by next of the page before");
    }

    /** The database has no room for a year of five digits. */
    @Test
    void aYearHasFourDigits() {
        String notADay = " must be a day such as 2026-11-22";
        assertThat(Problems.fieldsOf(() -> orders("from=%2B12345-01-01&to=%2B12345-01-02")))
                .containsExactly("from" + notADay, "to" + notADay);
        assertThat(Problems.fieldsOf(() -> AuditQuery.from(QueryParameters.parse("day=%2B12345-01-01"))))
                .containsExactly("day" + notADay);
        assertThat(orders("to=9999-12-31").to()).isEqualTo("9999-12-31");
    }

    private static Days days(String query) {
        return Days.from(QueryParameters.parse(query), TODAY);
    }

    /** A filter that is ignored would answer something else than was asked. */
    @Test
    void everyListRefusesParametersThatItDoesNotHave() {
        LocalDate today = LocalDate.of(2026, 11, 28);
        QueryParameters query = QueryParameters.parse("userEmail=jane%40books.com");
        List<ThrowingCallable> lists = List.of(
                () -> BookQuery.from(query),
                () -> BookQuery.ofStaff(query),
                () -> OrderQuery.from(query),
                () -> StatusQuery.ofMails(query),
                () -> RegistrationQuery.from(query),
                () -> Days.from(query, today),
                () -> PlacedPage.from(query, "history"));

        assertThat(lists)
                .allSatisfy(list -> assertThat(Problems.fieldsOf(list))
                        .containsExactly("userEmail is not a parameter of this operation"));
    }

    /** Only a text to search for may be empty: it finds everything. */
    @ParameterizedTest
    @ValueSource(strings = {"status", "limit", "offset"})
    void anEmptyParameterIsRefused(String name) {
        QueryParameters query = QueryParameters.parse(name + "=");
        List<ThrowingCallable> lists = List.of(
                () -> OrderQuery.from(query), () -> StatusQuery.ofMails(query), () -> RegistrationQuery.from(query));

        assertThat(lists)
                .allSatisfy(list -> assertThat(Problems.fieldsOf(list))
                        .singleElement()
                        .asString()
                        .startsWith(name + " must be "));
    }
}
