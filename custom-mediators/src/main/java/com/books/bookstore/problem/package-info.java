/** Problems that callers are told of, after RFC 9457. */
package com.books.bookstore.problem;
