package com.books.bookstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CausesTest {

    private final IOException inner = new IOException("\n  disk full  \nmore");
    private final UncheckedIOException middle = new UncheckedIOException(inner);
    private final IllegalStateException outer = new IllegalStateException("failed", middle);

    @Test
    void goesFromTheExceptionToItsInnermostCause() {
        assertThat(Causes.of(outer)).containsExactly(outer, middle, inner);
        assertThat(Causes.root(outer)).isSameAs(inner);
        assertThat(Causes.root(inner)).isSameAs(inner);
    }

    @Test
    void findsACauseByType() {
        assertThat(Causes.find(outer, IOException.class)).containsSame(inner);
        assertThat(Causes.find(outer, RuntimeException.class)).containsSame(outer);
        assertThat(Causes.find(outer, Error.class)).isEmpty();
    }

    @Test
    void saysInOneLineWhatTheInnermostCauseSays() {
        assertThat(Causes.inOneLine(outer)).isEqualTo("disk full");
        assertThat(Causes.inOneLine(new IllegalStateException("why", new InterruptedException())))
                .isEqualTo("InterruptedException");
    }

    @Test
    void endsWhenCausesGoInACircle() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(Causes.of(first)).hasSize(100);
    }
}
