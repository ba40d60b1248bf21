/**
 * An OAuth 2.1 and OpenID Connect server for development and tests that answers at the addresses of WSO2 Identity Server.
 *
 * <p>{@link com.books.bookstore.identity.oauth.AuthorizationServer} starts it. In production WSO2 Identity Server 7.2 takes
 * its place.
 */
package com.books.bookstore.identity.oauth;
