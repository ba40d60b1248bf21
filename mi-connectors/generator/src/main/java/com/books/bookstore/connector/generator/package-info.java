/** Writes the connectors of the shop's APIs from their OpenAPI definitions, while they are built. */
package com.books.bookstore.connector.generator;
