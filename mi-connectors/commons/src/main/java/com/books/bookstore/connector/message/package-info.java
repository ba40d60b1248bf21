/** What the operations of connectors read from and write to a message. */
package com.books.bookstore.connector.message;
