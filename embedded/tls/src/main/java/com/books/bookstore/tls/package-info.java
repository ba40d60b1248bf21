/**
 * The certificates of the embedded servers and of the tests, made in this one place.
 *
 * <p>{@link com.books.bookstore.tls.ServerCertificate} makes one, {@link com.books.bookstore.tls.TlsDirectory} keeps one between
 * starts, {@link com.books.bookstore.tls.Trust} is for their clients.
 */
package com.books.bookstore.tls;
