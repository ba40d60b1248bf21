package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of which a part, or all, is made from the sources. */
final class Document {

    private static final boolean WRITE = Boolean.getBoolean("bookstore.write");

    private Document() {}

    /**
     * Holds the part between two texts to what it should be. With {@code -Dbookstore.write=true} it is written instead.
     *
     * @param from the part begins after the first place of this text
     * @param to and ends before this text
     */
    static void hold(String file, String from, String to, String expected) {
        String text = Repository.text(file);
        int begin = text.indexOf(from) + from.length();
        int end = text.indexOf(to, begin);
        assertThat(text).contains(from);
        assertThat(end).as("the end, " + to + ", in " + file).isPositive();
        hold(file, text.substring(0, begin) + expected + text.substring(end));
    }

    /** Holds the whole file to what it should be. */
    static void hold(String file, String expected) {
        if (WRITE) {
            write(file, expected);
        }
        assertThat(Repository.text(file))
                .as(file + " is made from the sources: mvn -pl build-tools/checks test -Dbookstore.write=true")
                .isEqualTo(expected);
    }

    private static void write(String file, String text) {
        Path target = Repository.ROOT.resolve(file);
        try {
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
