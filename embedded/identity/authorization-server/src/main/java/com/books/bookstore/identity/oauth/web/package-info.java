/** The web server: connections, limits, pages and the discovery document. */
package com.books.bookstore.identity.oauth.web;
