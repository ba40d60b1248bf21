package com.books.bookstore.failure;

/** Marks exceptions whose messages are written for the log: they name what is wrong, and hold nothing of a request. */
public interface ForOperators {}
