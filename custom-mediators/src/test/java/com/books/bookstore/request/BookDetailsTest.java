package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.json.Json;
import com.books.bookstore.problem.ProblemType;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookDetailsTest {

    @Test
    void haveOneStoredForm() {
        assertThat(details("\"description\":\" One\\r\\nTwo \",\"publisher\":\"Ba\u0308r\",\"publicationYear\":1937.0,"
                        + "\"language\":\"EN-us\",\"category\":\" Fantasy\",\"coverImageUrl\":\"https://a.example/b\","
                        + "\"format\":\"ebook\",\"other\":1"))
                .isEqualTo("{\"description\":\"One\\nTwo\",\"publisher\":\"B\u00E4r\",\"publicationYear\":1937,"
                        + "\"language\":\"en-US\",\"category\":\"Fantasy\",\"coverImageUrl\":\"https://a.example/b\","
                        + "\"format\":\"ebook\"}");
    }

    @Test
    void mayAllBeMissing() {
        assertThat(details("\"description\":null,\"publisher\":\"\",\"category\":\" \",\"publicationYear\":null"))
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "description | \"a\\u0000b\" | must not contain control characters",
                "description | 1 | must be text",
                "publisher | \"a\\nb\" | must not contain control characters",
                "publicationYear | \"1937\" | must be a whole number from 1000 to 9999",
                "publicationYear | 999 | must be a whole number from 1000 to 9999",
                "publicationYear | 1e999999999 | must be a whole number from 1000 to 9999",
                "language | \"klingonese\" | must be a language tag (BCP 47) such as en or pt-BR",
                "coverImageUrl | \"http://a.example/b\" | must be an address that begins with https:// and has at most 1000 characters",
                "format | \"Paperback\" | must be hardcover, paperback, ebook, audiobook"
            })
    void areRefusedByField(String field, String value, String message) {
        assertThat(Problems.fieldsOf(() -> details("\"" + field + "\":" + value.replace("\\\\", "\\"))))
                .containsExactly(field + " " + message);
    }

    @Test
    void textsHaveAtMostWhatTheDatabaseTakes() {
        assertThat(details("\"category\":\"" + "\uD83D\uDCDA".repeat(100) + "\""))
                .contains("category");
        for (String[] field : new String[][] {{"description", "4001"}, {"publisher", "256"}, {"category", "101"}}) {
            String text = "x".repeat(Integer.parseInt(field[1]));

            assertThat(Problems.typeOf(() -> details("\"" + field[0] + "\":\"" + text + "\"")))
                    .isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }

    private static String details(String members) {
        JsonNode body = Json.parseTrusted("{\"title\":\"Emma\",\"price\":1," + members + "}");
        return BookData.ofReplacement(body).details().json();
    }
}
