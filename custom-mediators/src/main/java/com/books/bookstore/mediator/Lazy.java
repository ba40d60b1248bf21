package com.books.bookstore.mediator;

import java.util.function.Supplier;

/**
 * Something that a mediator makes of its settings once, when all of them are set. Making it fails again as long as a setting is wrong.
 * Thread-safe.
 */
final class Lazy<T> {

    private final Supplier<T> maker;
    private volatile T value;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T current = value;
        if (current == null) {
            synchronized (this) {
                current = value;
                if (current == null) {
                    current = maker.get();
                    value = current;
                }
            }
        }
        return current;
    }
}
