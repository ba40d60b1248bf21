/**
 * The mail server of a development machine: takes every mail, delivers none, and shows them in a browser and in the terminal.
 */
package com.books.bookstore.launcher.mailbox;
