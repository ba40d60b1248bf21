/**
 * Runs data services (.dbs files) on WSO2's own data-services engine, in-process.
 *
 * <p>{@link com.books.bookstore.runtime.dataservice.DataServiceEngine} is the entry. It checks a definition line by
 * line, gets its connection pools from the caller, and passes the rest to the engine, which lives in a
 * class loader of its own because it needs other versions of Axis2 and Axiom than Apache Synapse.
 */
package com.books.bookstore.runtime.dataservice;
