/**
 * The mail server of a development machine: takes every email, delivers none, and shows them in a browser and in the terminal.
 */
package com.books.bookstore.launcher.mailbox;
