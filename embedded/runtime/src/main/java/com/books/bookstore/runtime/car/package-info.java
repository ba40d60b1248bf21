/**
 * Reads CARs and deploys what is in them.
 */
package com.books.bookstore.runtime.car;
