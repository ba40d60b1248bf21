/**
 * A stand-in for the identity server: tokens for demo users.
 */
package com.books.bookstore.runtime.identity;
