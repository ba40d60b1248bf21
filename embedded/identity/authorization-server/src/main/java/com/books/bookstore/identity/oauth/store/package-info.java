/** The database of the server's state. */
package com.books.bookstore.identity.oauth.store;
