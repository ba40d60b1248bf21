package com.books.bookstore.identity.oauth.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageTextsTest {

    @Test
    void german_has_every_text_with_the_same_places() throws Exception {
        Map<String, Object> english = places("pages.properties");

        assertThat(english).isNotEmpty();
        assertThat(places("pages_de.properties").keySet()).isEqualTo(english.keySet());
        // The rule of passwords is written out, because the user store says it in English only.
        english.remove("newPassword.refused");
        assertThat(places("pages_de.properties")).containsAllEntriesOf(english);
    }

    private static Map<String, Object> places(String resource) throws IOException {
        Properties texts = new Properties();
        try (InputStream content = PageTexts.class.getResourceAsStream(resource)) {
            texts.load(new InputStreamReader(content, StandardCharsets.UTF_8));
        }
        return texts.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        key -> key, key -> texts.getProperty(key).contains("{0}"), (one, other) -> one, TreeMap::new));
    }
}
