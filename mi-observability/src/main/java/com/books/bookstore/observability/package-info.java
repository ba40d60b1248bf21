/** What a server tells those who run it: a line for each request, and metrics for Prometheus. */
package com.books.bookstore.observability;
