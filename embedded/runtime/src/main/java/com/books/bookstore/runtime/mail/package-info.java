/**
 * The mail transport: {@code mailto:} addresses of blocking calls, sent by SMTP.
 */
package com.books.bookstore.runtime.mail;
