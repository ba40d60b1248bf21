/** The settings of the server, from Java or from environment variables. */
package com.books.bookstore.identity.oauth.settings;
