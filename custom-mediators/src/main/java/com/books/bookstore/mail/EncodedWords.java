package com.books.bookstore.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text of a header in ASCII (RFC 2047): UTF-8 in base64, because the mail transport would use the charset of its machine. */
final class EncodedWords {

    /** An encoded word has 75 characters at most, 12 of which are not text. */
    private static final int MOST_BYTES = 45;

    private EncodedWords() {}

    /** @param text one line */
    static String of(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            if (bytes(word + character).length > MOST_BYTES) {
                words.add(encoded(word.toString()));
                word.setLength(0);
            }
            word.append(character);
        });
        words.add(encoded(word.toString()));
        return String.join(" ", words);
    }

    private static String encoded(String word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(word)) + "?=";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
