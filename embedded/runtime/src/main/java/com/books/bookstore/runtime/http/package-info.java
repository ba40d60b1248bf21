/**
 * The HTTP server, and requests free of its types.
 */
package com.books.bookstore.runtime.http;
