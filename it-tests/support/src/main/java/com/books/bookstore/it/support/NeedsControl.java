package com.books.bookstore.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that need more of the system than its addresses: they stop its database, play its identity server, hold its signing key, or
 * know its settings. They are left out when the suite runs against a deployment that is only given by its address.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag(NeedsControl.TAG)
public @interface NeedsControl {

    /** {@code ./bookstore test --target} leaves them out. */
    String TAG = "needs-control";
}
