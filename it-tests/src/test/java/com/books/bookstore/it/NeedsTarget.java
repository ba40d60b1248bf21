package com.books.bookstore.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Marks tests that are for deployments only, and only run by {@code ./bookstore test --target}: {@link TargetRun} chooses among them. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag(NeedsTarget.TAG)
@interface NeedsTarget {

    /** Left out by the configuration of Maven's test plug-in. */
    String TAG = "needs-target";

    /** On the tests of API Manager's gateway. */
    String GATEWAY = "gateway";

    /** On those of the gateway that call until they are called to order. */
    String THROTTLE = "throttle";

    /** On the story that makes accounts. */
    String REGISTRATION = "registration";

    /** On those that look into a mailbox. */
    String MAILBOX = "mailbox";
}
