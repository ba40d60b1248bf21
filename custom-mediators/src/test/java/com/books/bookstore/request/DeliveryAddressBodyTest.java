package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.books.bookstore.domain.DeliveryAddress;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryAddressBodyTest {

    private static final String ITEMS = "\"items\":[{\"bookId\":1,\"quantity\":1}]";
    private static final String JANE =
            "{\"name\":\" Jane Reader\u00a0\",\"lines\":[\"1 Main Street\",\"Flat 2\"],\"postalCode\":\"12345\",\"city\":\"Mu\u0308nchen\",\"country\":\"DE\"}";

    @Test
    void readsAnAddressInOneForm() {
        DeliveryAddress address = order(JANE, DeliveryAddressRule.REQUIRED).orElseThrow();

        assertThat(address.name()).isEqualTo("Jane Reader");
        assertThat(address.lines()).containsExactly("1 Main Street", "Flat 2");
        assertThat(address.postalCode()).isEqualTo("12345");
        assertThat(address.city()).isEqualTo("M\u00fcnchen");
        assertThat(address.country()).isEqualTo("DE");
    }

    @ParameterizedTest
    @ValueSource(strings = {" DE ", "DE\u00a0", "\u200bDE"})
    void blanksAndInvisibleCharactersAtTheEndsOfACountryDoNotCount(String country) {
        assertThat(order(JANE.replace("\"DE\"", "\"" + country + "\""), DeliveryAddressRule.REQUIRED)
                        .orElseThrow()
                        .country())
                .isEqualTo("DE");
    }

    @ParameterizedTest
    @CsvSource({"null", "''"})
    void aPostalCodeIsNotNeeded(String code) {
        String json = JANE.replace("\"12345\"", "null".equals(code) ? "null" : "\"\"");

        assertThat(order(json, DeliveryAddressRule.OPTIONAL).orElseThrow().postalCode())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPTIONAL,", "REQUIRED,deliveryAddress is required"})
    void theShopSaysWhetherThereMustBeAnAddress(DeliveryAddressRule rule, String error) {
        if (error == null) {
            assertThat(order("null", rule)).isEmpty();
        } else {
            assertThat(errors("null", rule)).containsExactly(error);
        }
    }

    @Test
    void aShopThatDeliversNothingIgnoresAddresses() {
        assertThat(order(JANE, DeliveryAddressRule.OFF)).isEmpty();
        assertThat(order("7", DeliveryAddressRule.OFF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|deliveryAddress must be an object",
                "{\"name\":\"\\u200b\",\"lines\":[\"x\"],\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.name must not be blank",
                "{\"name\":\"a\\nb\",\"lines\":[\"x\"],\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.name must not contain control characters",
                "{\"name\":\"x\",\"lines\":[],\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.lines must be an array of 1 to 3 texts",
                "{\"name\":\"x\",\"lines\":[\"1\",\"2\",\"3\",\"4\"],\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.lines must be an array of 1 to 3 texts",
                "{\"name\":\"x\",\"lines\":[\"1\",\" \"],\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.lines[1] must not be blank",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"postalCode\":\"123456789012345678901\",\"city\":\"x\",\"country\":\"DE\"}|deliveryAddress.postalCode must have at most 20 characters",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"city\":7,\"country\":\"DE\"}|deliveryAddress.city must be text",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"city\":\"x\",\"country\":\"de\"}|deliveryAddress.country must be an ISO 3166-1 alpha-2 code such as DE",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"city\":\"x\",\"country\":\" \"}|deliveryAddress.country must be an ISO 3166-1 alpha-2 code such as DE",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"city\":\"x\",\"country\":7}|deliveryAddress.country must be an ISO 3166-1 alpha-2 code such as DE",
                "{\"name\":\"x\",\"lines\":[\"1\"],\"city\":\"x\",\"country\":\"XX\"}|deliveryAddress.country must be an ISO 3166-1 alpha-2 code such as DE"
            })
    void saysWhatIsWrong(String address, String error) {
        assertThat(errors(address, DeliveryAddressRule.OPTIONAL)).containsExactly(error);
    }

    @Test
    void namesEverythingThatIsMissingTogetherWithTheErrorsOfTheLines() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> parse("{\"items\":[],\"deliveryAddress\":{}}", DeliveryAddressRule.OPTIONAL));

        assertThat(errors(problem))
                .containsExactlyInAnyOrder(
                        "items must have at least one item",
                        "deliveryAddress.name is required",
                        "deliveryAddress.lines is required",
                        "deliveryAddress.city is required",
                        "deliveryAddress.country is required");
    }

    @ParameterizedTest
    @EnumSource(DeliveryAddressRule.class)
    void rulesAreReadFromTheirText(DeliveryAddressRule rule) {
        assertThat(DeliveryAddressRule.of(rule.text())).isEqualTo(rule);
    }

    private static Optional<DeliveryAddress> order(String address, DeliveryAddressRule rule) {
        return parse("{" + ITEMS + ",\"deliveryAddress\":" + address + "}", rule)
                .deliveryAddress();
    }

    private static OrderRequest parse(String body, DeliveryAddressRule rule) {
        return OrderBody.parse(JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)), rule);
    }

    private static List<String> errors(String address, DeliveryAddressRule rule) {
        return errors(catchThrowableOfType(ProblemException.class, () -> order(address, rule)));
    }

    private static List<String> errors(ProblemException problem) {
        return ((List<?>) problem.problem().extensions().get("errors"))
                .stream()
                        .map(error -> ((FieldError) error).field() + " " + ((FieldError) error).message())
                        .collect(Collectors.toList());
    }
}
