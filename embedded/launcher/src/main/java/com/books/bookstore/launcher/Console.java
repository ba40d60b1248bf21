package com.books.bookstore.launcher;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** What a person reads while the bookstore starts and runs. Every line appears at once. */
final class Console {

    private final PrintWriter out;

    Console(PrintWriter out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Does something that takes a while, and says for how long. */
    <T> T step(String name, Supplier<T> work) {
        out.print(String.format(Locale.ROOT, "%-20s", name));
        out.flush();
        long begin = System.nanoTime();
        String end = "failed";
        try {
            T result = work.get();
            end = String.format(Locale.ROOT, "ready in %.1f s", (System.nanoTime() - begin) / 1e9);
            return result;
        } finally {
            say(end);
        }
    }
}
