/** What callers send: reading and checking of paths, queries, headers and bodies. Nothing here knows the engine's messages. */
package com.books.bookstore.request;
