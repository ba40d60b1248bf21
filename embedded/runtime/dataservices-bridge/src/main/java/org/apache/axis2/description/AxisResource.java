package org.apache.axis2.description;

import java.util.ArrayList;
import java.util.List;

/** Stand-in: the methods of one REST resource. */
public class AxisResource {

    private final List<String> methods = new ArrayList<>();

    public List<String> getMethods() {
        return methods;
    }

    public void setMethod(String method) {
        methods.add(method);
    }

    public void addResourceParameter(String method, List<AxisResourceParameter> parameters) {
        // resources are not published here, so their parameters are not used
    }
}
