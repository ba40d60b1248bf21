/** Talking to the identity server: service tokens, SCIM users, approval tasks. Knows HTTP and JSON, but no engine. */
package com.books.bookstore.identity;
