/** The engine's messages: reading requests, writing answers and emails, and the properties by which mediators hand on data. */
package com.books.bookstore.mediator.message;
