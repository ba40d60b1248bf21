package com.books.bookstore.runtime.dataservice.bridge;

import java.util.function.Function;
import javax.sql.DataSource;
import org.wso2.micro.integrator.dataservices.core.internal.DataServicesDSComponent;
import org.wso2.micro.integrator.ndatasource.core.CarbonDataSource;
import org.wso2.micro.integrator.ndatasource.core.DataSourceService;

/** Serves the engine's carbon data sources from pools that live outside its class loader. */
final class EngineDataSources extends DataServicesDSComponent {

    private final Function<String, DataSource> dataSources;

    EngineDataSources(Function<String, DataSource> dataSources) {
        this.dataSources = dataSources;
    }

    void install() {
        setDataSourceService(new DataSourceService() {
            @Override
            public CarbonDataSource getDataSource(String name) {
                DataSource dataSource = dataSources.apply(name);
                return dataSource == null ? null : new CarbonDataSource(name, dataSource);
            }
        });
    }
}
