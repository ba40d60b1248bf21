package com.atomikos.jdbc;

import javax.sql.XADataSource;

/** Stand-in: a pool that takes part in distributed transactions. There is none in the embedded runtime. */
public abstract class AtomikosDataSourceBean {

    public abstract XADataSource getXaDataSource();
}
