/** Codes and tokens: keys, claims, lifetimes and single use. */
package com.books.bookstore.identity.oauth.tokens;
