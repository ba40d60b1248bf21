package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportPartTest {

    @Test
    void linesAreReadByTheRulesOfSingleBooks() {
        JsonNode rows = rows(
                "\uFEFFbookId;isbn;title;author;price;stockQuantity;counted;publicationYear;language;description\r\n"
                        + "7;0-441-17271-7;'=Dune ;;9,5;4;3;1965;EN;\"One \"\"two\"\"\r\nthree; four\"\r\n"
                        + "\r\n"
                        + ";;New;N. N.;12;;;;;\r\n");

        assertThat(rows.get(0))
                .isEqualTo(Json.parseTrusted(
                        "{\"line\":2,\"bookId\":7,\"title\":\"=Dune\",\"price\":9.50,\"isbn\":\"9780441172719\","
                                + "\"stock\":4,\"counted\":3,\"description\":\"One \\\"two\\\"\\nthree; four\",\"publicationYear\":1965,"
                                + "\"language\":\"en\"}"));
        assertThat(rows.get(1))
                .isEqualTo(Json.parseTrusted(
                        "{\"line\":5,\"title\":\"New\",\"price\":12.00,\"author\":\"N. N.\",\"stock\":0}"));
    }

    @Test
    void wrongLinesSayWhatIsWrong() {
        JsonNode rows = rows("bookId,title,price,stockQuantity,format\n"
                + "x,,1.999,-1,scroll\n"
                + "1,Emma\n"
                + ",\"Open,1,1,ebook\n2,Next,1,1,\n");

        assertThat(rows.get(0).path("line").intValue()).isEqualTo(2);
        assertThat(rows.get(0).path("errors").findValuesAsText("field"))
                .containsExactly("bookId", "title", "price", "stockQuantity", "format");
        assertThat(rows.get(1).at("/errors/0/message").textValue()).isEqualTo("has 2 cells, the header has 5");
        assertThat(rows.get(2).at("/errors/0/message").textValue()).isEqualTo("has a quotation mark without an end");
        assertThat(rows).hasSize(3);
    }

    @Test
    void partsNumberTheirLinesAsTheFile() {
        ImportPart part = ImportPart.from(body("title,price\nEmma,1\n").put("firstLine", 1001));

        assertThat(part.importId()).isEqualTo("the-import");
        assertThat(part.columns()).isEqualTo("title,price");
        assertThat(Json.parseTrusted(part.rows()).at("/0/line").intValue()).isEqualTo(1001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title\\nEmma | csv needs the column price",
                "title,price | csv needs a line after the header",
                "title,price,price\\nEmma,1,1 | csv has the column price twice",
                "title,price,colour\\nEmma,1,1 | csv has an unknown column: colour",
                "title,price,<b>\\nEmma,1,1 | csv has an unknown column"
            })
    void aWrongHeaderIsRefused(String csv, String error) {
        assertThat(Problems.fieldsOf(() -> ImportPart.from(body(csv.replace("\\n", "\n")))))
                .containsExactly(error);
    }

    @Test
    void theBodyNamesImportAndCsv() {
        assertThat(Problems.fieldsOf(() -> ImportPart.from(JsonNodeFactory.instance.objectNode())))
                .containsExactly("importId is required", "csv is required");
    }

    private static JsonNode rows(String csv) {
        return Json.parseTrusted(ImportPart.from(body(csv)).rows());
    }

    private static ObjectNode body(String csv) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("importId", "the-import")
                .put("csv", csv);
    }
}
