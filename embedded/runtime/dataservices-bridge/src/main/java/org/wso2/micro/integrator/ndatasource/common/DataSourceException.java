package org.wso2.micro.integrator.ndatasource.common;

/** Stand-in: a data source cannot be had. */
public class DataSourceException extends Exception {

    private static final long serialVersionUID = 1L;

    public DataSourceException(String message) {
        super(message);
    }
}
