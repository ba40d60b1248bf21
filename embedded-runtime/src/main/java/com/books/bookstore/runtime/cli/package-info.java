/**
 * The command line behind the launcher script {@code bookstore}.
 */
package com.books.bookstore.runtime.cli;
