/** What exceptions mean for the caller, the outbox and the log. Independent of the engine. */
package com.books.bookstore.failure;
