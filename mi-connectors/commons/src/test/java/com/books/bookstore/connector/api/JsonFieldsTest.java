package com.books.bookstore.connector.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @Test
    void fieldsAreReadWhateverStandsBetweenThem() {
        JsonFields fields = JsonFields.of(
                "{\"o\":{\"code\":\"inner\"},\"items\":[{\"a\":[1,2]},[],3],\"n\":null,\"code\":\"outer\",\"total\":12}");
        assertThat(fields.text("code")).hasValue("outer");
        assertThat(fields.text("items")).isEmpty();
        assertThat(fields.number("total")).hasValue(12L);
        assertThat(fields.text("n")).isEmpty();
        assertThat(fields.text("a")).isEmpty();
        assertThat(fields.text("o")).isEmpty();
        assertThat(fields.number("code")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "text", "{\"code\":\"x\"", "<html/>"})
    void whatIsNotAnObjectHasNoFields(String text) {
        assertThat(JsonFields.of(text).text("code")).isEmpty();
    }
}
