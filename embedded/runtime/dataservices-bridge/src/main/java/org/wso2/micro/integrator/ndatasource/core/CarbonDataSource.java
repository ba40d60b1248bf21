package org.wso2.micro.integrator.ndatasource.core;

import org.wso2.micro.integrator.ndatasource.rdbms.RDBMSDataSourceConstants;

/** Stand-in: a named JDBC data source. */
public class CarbonDataSource {

    private final DataSourceMetaInfo metaInfo;
    private final Object dataSource;

    public CarbonDataSource(String name, Object dataSource) {
        this.metaInfo = new DataSourceMetaInfo(name, RDBMSDataSourceConstants.RDBMS_DATASOURCE_TYPE);
        this.dataSource = dataSource;
    }

    public DataSourceMetaInfo getDSMInfo() {
        return metaInfo;
    }

    public Object getDSObject() {
        return dataSource;
    }
}
