package com.books.bookstore.it.target;

/** Tags of the tests that are for deployments only; {@link TargetRun} chooses among them. */
final class TargetTag {

    /** On the tests of API Manager's gateway. */
    static final String GATEWAY = "gateway";

    /** On the test of the gateway that calls until it is throttled. */
    static final String THROTTLE = "throttle";

    /** On the story that makes accounts. */
    static final String REGISTRATION = "registration";

    /** On those that look into a mailbox. */
    static final String MAILBOX = "mailbox";

    private TargetTag() {}
}
