package com.books.bookstore.failure;

import java.util.ArrayList;
import java.util.List;

/** The walk along the causes of a failure. */
final class Causes {

    /** Chains of causes can be circular. */
    private static final int MAX_DEPTH = 30;

    private Causes() {}

    /** The failure, its cause, the cause of that, and so on. */
    static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_DEPTH; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
