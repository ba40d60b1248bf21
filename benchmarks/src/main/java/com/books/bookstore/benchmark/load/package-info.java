/**
 * The running bookstore under load, and beside it the same answers without an integration engine. Client, server and database are
 * processes of their own on one machine.
 */
package com.books.bookstore.benchmark.load;
