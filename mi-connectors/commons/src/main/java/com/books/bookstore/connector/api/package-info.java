/** Operations that call an HTTP API: connections with access tokens, requests, and errors as connectors report them. */
package com.books.bookstore.connector.api;
