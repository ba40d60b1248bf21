/** The command line of ./bookstore: starts database, identity server and embedded runtime together. */
package com.books.bookstore.launcher;
