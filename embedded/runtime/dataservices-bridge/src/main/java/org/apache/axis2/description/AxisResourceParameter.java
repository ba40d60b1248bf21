package org.apache.axis2.description;

/** Stand-in: one parameter of a REST resource. */
public class AxisResourceParameter {}
