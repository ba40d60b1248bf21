package org.wso2.micro.integrator.ndatasource.core;

import java.util.ArrayList;
import java.util.List;
import org.wso2.micro.integrator.ndatasource.common.DataSourceException;

/** Stand-in: finds a data source by its name. */
public abstract class DataSourceService {

    public abstract CarbonDataSource getDataSource(String name) throws DataSourceException;

    public List<CarbonDataSource> getAllDataSourcesForType(String type) throws DataSourceException {
        return new ArrayList<>();
    }
}
