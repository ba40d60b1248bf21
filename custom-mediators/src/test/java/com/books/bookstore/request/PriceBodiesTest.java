package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.books.bookstore.problem.ProblemException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBodiesTest {

    @Test
    void readsAPromotion() {
        PromotionData promotion = PromotionData.ofNewPromotion(
                parse("{\"code\":\" summer-30 \",\"percentOff\":12.5,\"validFrom\":\"2026-06-01T02:00:00+02:00\","
                        + "\"validUntil\":\"2026-09-01T00:00:00Z\",\"maxUses\":10,\"maxUsesPerCustomer\":1}"));

        assertThat(promotion.code()).isEqualTo("SUMMER-30");
        assertThat(promotion.percentOff()).isEqualTo("12.50");
        assertThat(promotion.from()).isEqualTo("1780272000");
        assertThat(promotion.until()).isEqualTo("1788220800");
        assertThat(promotion.maxUses()).isEqualTo("10");
        assertThat(promotion.maxUsesPerCustomer()).isEqualTo("1");
    }

    @Test
    void aPromotionNeedsNeitherTimesNorLimits() {
        PromotionData promotion = PromotionData.ofReplacement(parse("{\"percentOff\":1,\"maxUses\":null}"));

        assertThat(promotion.code()).isEmpty();
        assertThat(promotion.from()).isEmpty();
        assertThat(promotion.until()).isEmpty();
        assertThat(promotion.maxUses()).isEmpty();
        assertThat(promotion.maxUsesPerCustomer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"percentOff\":1}|code is required",
                "{\"code\":\"50%\",\"percentOff\":1}|code must have letters, digits, - and _ only",
                "{\"code\":\"ſ\",\"percentOff\":1}|code must have letters, digits, - and _ only",
                "{\"code\":\"A\",\"percentOff\":0}|percentOff must be more than 0",
                "{\"code\":\"A\",\"percentOff\":100.5}|percentOff must be a number from 0 to 100 with at most 2 decimals",
                "{\"code\":\"A\",\"percentOff\":1,\"validFrom\":\"yesterday\"}|validFrom must be a time such as 2026-11-22T18:31:00Z",
                "{\"code\":\"A\",\"percentOff\":1,\"validUntil\":\"2100-01-01T00:00:00Z\"}|validUntil must be from 1970-01-02 to 2038-01-16",
                "{\"code\":\"A\",\"percentOff\":1,\"validFrom\":\"2026-06-01T00:00:00Z\",\"validUntil\":\"2026-06-01T00:00:00Z\"}|validUntil must be after validFrom",
                "{\"code\":\"A\",\"percentOff\":1,\"maxUses\":0}|maxUses must be a whole number from 1 to 2147483647"
            })
    void saysWhatIsWrongWithAPromotion(String body, String error) {
        assertThat(errors(PromotionData::ofNewPromotion, body)).isEqualTo("[" + error + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tiers\":[]}|none",
                "{\"tiers\":[{\"copies\":10,\"percentOff\":10.0},{\"copies\":5,\"percentOff\":2.5}]}|5:2.5,10:10"
            })
    void readsQuantityDiscounts(String body, String tiers) {
        assertThat(QuantityDiscountsBody.tiers(parse(body))).isEqualTo(tiers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|tiers is required",
                "{\"tiers\":{}}|tiers must be an array of at most 20 tiers",
                "{\"tiers\":[7]}|tiers[0].copies is required, tiers[0].percentOff is required",
                "{\"tiers\":[{\"copies\":1000,\"percentOff\":5}]}|tiers[0].copies must be a whole number from 1 to 999",
                "{\"tiers\":[{\"copies\":5,\"percentOff\":5},{\"copies\":5,\"percentOff\":6}]}|tiers[1].copies is that of another tier"
            })
    void saysWhatIsWrongWithQuantityDiscounts(String body, String error) {
        assertThat(errors(QuantityDiscountsBody::tiers, body)).isEqualTo("[" + error + "]");
    }

    private static JsonNode parse(String body) {
        return JsonBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String errors(Function<JsonNode, Object> reader, String body) {
        return catchThrowableOfType(ProblemException.class, () -> reader.apply(parse(body)))
                .problem()
                .extensions()
                .get("errors")
                .toString();
    }
}
