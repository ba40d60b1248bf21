/**
 * The database behind the runtime: a MariaDB that the runtime starts itself, or one that the environment names.
 */
package com.books.bookstore.runtime.database;
