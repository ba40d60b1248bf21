package com.books.bookstore.connector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallOperationTest {

    @Test
    void aListNamesItsNextPage() {
        assertThat(nextPage("{'items':[{},{}],'total':5,'totalIsExact':true,'limit':2,'offset':0,'next':'bWFyaw'}"))
                .isEqualTo(Map.of("next", "bWFyaw"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'items':[{},{}],'total':5,'totalIsExact':true,'limit':2,'offset':0,'next':null,'didYouMean':null}",
                "{'items':[{},{'next':'inner'}],'total':5,'totalIsExact':false,'limit':2,'offset':2,'next':null}",
                "{'orderId':7}",
                ""
            })
    void aLastPageAndOtherAnswersHaveNone(String answer) {
        assertThat(nextPage(answer)).isEmpty();
    }

    private static Map<String, Object> nextPage(String answer) {
        return CallOperation.nextPage(JsonFields.of(answer.replace('\'', '"')));
    }
}
