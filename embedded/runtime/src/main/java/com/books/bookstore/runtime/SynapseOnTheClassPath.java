package com.books.bookstore.runtime;

import com.books.bookstore.embedded.StartException;

/** WSO2's fork of Synapse has the coordinates of Apache's: Maven puts one of the two on the class path. */
final class SynapseOnTheClassPath {

    /** What only the fork has. */
    private static final String CLASS_OF_THE_FORK = "org/apache/synapse/api/API.class";

    private SynapseOnTheClassPath() {}

    /** @throws StartException if the class loader sees WSO2's fork, with which the runtime does not work */
    static void check(ClassLoader classLoader) {
        if (classLoader.getResource(CLASS_OF_THE_FORK) != null) {
            throw new StartException(
                    "WSO2's synapse-core is on the class path in the place of Apache's synapse-core 3.0.1. Put the tests into a"
                            + " module of their own that does not depend on WSO2's, and give the runtime the mediators as a jar");
        }
    }
}
