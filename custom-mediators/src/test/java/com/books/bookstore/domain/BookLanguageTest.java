package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookLanguageTest {

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "EN-gb, en-GB",
        "pt-br, pt-BR",
        "ZH-hant-tw, zh-Hant-TW",
        "grc, grc",
        "gsw-CH, gsw-CH",
        "de-1996, de-1996"
    })
    void hasOneSpelling(String text, String tag) {
        assertThat(BookLanguage.parse(text).map(BookLanguage::tag)).contains(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "english", "e", "xx", "qqq", "und", "x-mine", "en_GB", "en-", "-", "de-12", "en GB", "\u0435n"
            })
    void isAKnownLanguage(String text) {
        assertThat(BookLanguage.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "en-a-bbbbbbbb-cccccccc-dddddddd-eeeeeeee")
    void hasAtMost35Characters(String text) {
        assertThat(BookLanguage.parse(text)).isEmpty();
    }
}
