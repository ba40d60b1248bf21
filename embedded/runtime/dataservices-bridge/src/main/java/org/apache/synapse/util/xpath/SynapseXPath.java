package org.apache.synapse.util.xpath;

import org.apache.synapse.config.xml.SynapsePath;

/** Stand-in: an XPath expression over a message. */
public class SynapseXPath extends SynapsePath {}
