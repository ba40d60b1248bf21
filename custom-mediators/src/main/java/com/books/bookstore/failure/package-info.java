/** What exceptions mean: for the caller, for the outbox and for the log. Knows no engine. */
package com.books.bookstore.failure;
