/** What a request is called in answers, logs, mails and calls to other systems. */
package com.books.bookstore.correlation;
