package com.books.bookstore.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Marks the test of many broken requests, which runs after all others where it may use up their limits. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag(Fuzz.TAG)
public @interface Fuzz {

    String TAG = "fuzz";

    /** The system property with the number of requests. */
    String REQUESTS = "bookstore.fuzz.requests";

    /** The system property with the seed: the same requests each time. */
    String SEED = "bookstore.fuzz.seed";
}
