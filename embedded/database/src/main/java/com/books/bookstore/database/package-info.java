/** The database of a fresh machine: a MariaDB started by this process, or the MySQL or MariaDB that the environment names. */
package com.books.bookstore.database;
