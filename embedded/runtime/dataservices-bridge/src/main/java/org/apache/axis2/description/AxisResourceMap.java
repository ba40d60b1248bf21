package org.apache.axis2.description;

import java.util.HashMap;
import java.util.Map;

/** Stand-in: REST resources by path. */
public class AxisResourceMap {

    private final Map<String, AxisResource> resources = new HashMap<>();

    public Map<String, AxisResource> getResources() {
        return resources;
    }

    public void addNewResource(String path, AxisResource resource) {
        resources.put(path, resource);
    }
}
