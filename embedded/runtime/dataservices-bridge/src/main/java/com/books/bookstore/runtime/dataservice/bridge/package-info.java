/**
 * The side of the bridge that lives in the class loader of WSO2's data-services engine.
 *
 * <p>Only JDK types cross the border of that class loader, in both directions: the caller reaches
 * {@link com.books.bookstore.runtime.dataservice.bridge.EngineBridge} by method handles and hands in
 * {@code java.util.function} and {@code javax.sql} objects.
 *
 * <p>The other packages of this module hold stand-ins: types that the engine's classes name, that are in no public
 * registry, and whose behaviour the embedded runtime does not need. They are interfaces and holders. They must never
 * be on an application's class path.
 */
package com.books.bookstore.runtime.dataservice.bridge;
