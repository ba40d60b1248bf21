package org.apache.synapse.config.xml;

/** Stand-in: an expression over a message. */
public abstract class SynapsePath {}
