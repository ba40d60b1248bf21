/** What the stand-ins' HTTP servers, which are Jetty, have in common. Jetty comes with the stand-in. */
package com.books.bookstore.embedded.http;
