package com.books.bookstore.embedded;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The causes of an exception. */
public final class Causes {

    /** More causes than this are a loop, which {@link Throwable#initCause} does not prevent. */
    private static final int MOST_CAUSES = 100;

    private Causes() {}

    /** The exception itself, then its cause, that one's cause, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }

    /** The innermost cause; the exception itself if it has none. */
    public static Throwable root(Throwable failure) {
        return of(failure).reduce(failure, (outer, inner) -> inner);
    }

    /** The first of the exception and its causes that has this type, from the outside in. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What the innermost cause says, in one line: its first line that is not blank, or its type if it has no message. */
    public static String inOneLine(Throwable failure) {
        Throwable root = root(failure);
        return (root.getMessage() == null ? "" : root.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }
}
