package com.books.bookstore.runtime.dataservice;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/**
 * A data source that only gives connections. The data-services engine would take one that can also do distributed transactions into
 * them, which needs a transaction manager.
 */
final class PlainDataSource {

    private PlainDataSource() {}

    /** {@return the data source itself if it is plain already; null for null} */
    static DataSource of(DataSource dataSource) {
        if (!(dataSource instanceof XADataSource)) {
            return dataSource;
        }
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(dataSource, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
