/**
 * The runtime as a JUnit 5 extension.
 */
package com.books.bookstore.runtime.junit;
