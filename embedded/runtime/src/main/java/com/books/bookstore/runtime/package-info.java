/**
 * A Micro Integrator for tests and for trying things out: CARs deployed into Apache Synapse and WSO2's data-services engine in one JVM.
 * {@link com.books.bookstore.runtime.EmbeddedRuntime} is the entry.
 */
package com.books.bookstore.runtime;
