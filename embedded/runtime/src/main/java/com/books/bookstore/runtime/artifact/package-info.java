/** The XML of artifacts, and what is thrown when an artifact is refused. */
package com.books.bookstore.runtime.artifact;
