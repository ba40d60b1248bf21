/** What several stand-ins share. Needs only the JDK. */
package com.books.bookstore.embedded;
