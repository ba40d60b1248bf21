/** Signing users in with a password, and limits for failed attempts. */
package com.books.bookstore.identity.oauth.signin;
