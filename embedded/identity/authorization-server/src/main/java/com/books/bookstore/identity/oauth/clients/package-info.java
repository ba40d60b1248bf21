/** The OAuth clients: their registrations and how public ones name themselves. */
package com.books.bookstore.identity.oauth.clients;
