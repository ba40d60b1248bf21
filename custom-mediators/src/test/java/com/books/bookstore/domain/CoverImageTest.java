package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverImageTest {

    @ParameterizedTest
    @CsvSource({
        "https://covers.example/a.jpg, https://covers.example/a.jpg",
        "HTTPS://covers.example:8443/a?b=c, HTTPS://covers.example:8443/a?b=c",
        "https://covers.example/f\u00FC\u00DFe.png, https://covers.example/f%C3%BC%C3%9Fe.png"
    })
    void isAnHttpsAddress(String text, String url) {
        assertThat(CoverImage.parse(text).map(CoverImage::url)).contains(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://covers.example/a.jpg",
                "//covers.example/a.jpg",
                "/a.jpg",
                "https:",
                "https:///a.jpg",
                "https://",
                "https://me:secret@covers.example/a.jpg",
                "https://covers example/a.jpg",
                "https://covers.example/a b.jpg",
                "javascript:alert(1)",
                "data:image/png;base64,AAAA"
            })
    void isNothingElse(String text) {
        assertThat(CoverImage.parse(text)).isEmpty();
    }

    @Test
    void hasAtMost1000Characters() {
        String start = "https://covers.example/";

        assertThat(CoverImage.parse(start + "a".repeat(1000 - start.length()))).isPresent();
        assertThat(CoverImage.parse(start + "a".repeat(1001 - start.length()))).isEmpty();
        assertThat(CoverImage.parse(start + "\u00FC".repeat(200))).isEmpty();
    }
}
