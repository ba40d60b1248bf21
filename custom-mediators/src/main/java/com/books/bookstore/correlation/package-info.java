/** What a request is called in answers, logs, emails and calls to other systems. */
package com.books.bookstore.correlation;
