/**
 * The email transport: blocking calls to {@code mailto:} addresses, sent by SMTP.
 */
package com.books.bookstore.runtime.mail;
