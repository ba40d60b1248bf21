package org.wso2.micro.integrator.ndatasource.rdbms;

/** Stand-in: constants of JDBC data sources. */
public final class RDBMSDataSourceConstants {

    public static final String RDBMS_DATASOURCE_TYPE = "RDBMS";
    public static final String DATASOURCE_PROPS_NAME = "dataSourceProps";

    private RDBMSDataSourceConstants() {}
}
