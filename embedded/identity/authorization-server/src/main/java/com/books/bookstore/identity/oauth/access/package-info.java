/** Which role has which scopes of the bookstore's APIs. */
package com.books.bookstore.identity.oauth.access;
