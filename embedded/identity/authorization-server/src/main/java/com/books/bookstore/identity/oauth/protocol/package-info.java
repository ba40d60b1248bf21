/** What all endpoints share: paths, scopes of OpenID Connect, JSON answers and errors. */
package com.books.bookstore.identity.oauth.protocol;
