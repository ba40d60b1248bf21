/** The rules of an order in plain Java: pricing, stock, totals. Nothing here knows the engine, JSON or the database. */
package com.books.bookstore.domain;
