/** JSON in and out: one configuration of the JSON library, and the documents made with it. */
package com.books.bookstore.json;
