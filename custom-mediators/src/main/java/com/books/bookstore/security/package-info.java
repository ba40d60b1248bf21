/** Verification of bearer tokens (JWT) against the identity provider's published keys. */
package com.books.bookstore.security;
