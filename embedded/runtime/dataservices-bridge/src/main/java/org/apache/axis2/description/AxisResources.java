package org.apache.axis2.description;

/** Stand-in: something that publishes REST resources. */
public interface AxisResources {

    AxisResourceMap getAxisResourceMap();
}
