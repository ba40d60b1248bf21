package org.wso2.micro.integrator.ndatasource.core;

/** Stand-in: name and type of a data source. */
public class DataSourceMetaInfo {

    private final String name;
    private final DataSourceDefinition definition;

    DataSourceMetaInfo(String name, String type) {
        this.name = name;
        this.definition = new DataSourceDefinition(type);
    }

    public String getName() {
        return name;
    }

    public DataSourceDefinition getDefinition() {
        return definition;
    }

    /** Stand-in: the type of a data source. */
    public static class DataSourceDefinition {

        private final String type;

        DataSourceDefinition(String type) {
            this.type = type;
        }

        public String getType() {
            return type;
        }
    }
}
