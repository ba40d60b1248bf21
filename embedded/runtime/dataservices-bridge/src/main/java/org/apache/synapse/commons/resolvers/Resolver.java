package org.apache.synapse.commons.resolvers;

/** Stand-in: the value behind a text. */
public interface Resolver {

    String resolve();
}
