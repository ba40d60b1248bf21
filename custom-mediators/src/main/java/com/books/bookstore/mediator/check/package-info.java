/** The checks of requests: one class for each operation, found by the operation's name in {@link com.books.bookstore.mediator.check.RequestChecks}. */
package com.books.bookstore.mediator.check;
