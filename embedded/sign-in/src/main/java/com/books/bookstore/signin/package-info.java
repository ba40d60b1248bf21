/**
 * Signs users in without a browser, at the embedded identity server and at WSO2 Identity Server.
 *
 * <p>{@link com.books.bookstore.signin.SignInClient} is the entry point.
 */
package com.books.bookstore.signin;
