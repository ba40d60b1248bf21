/** Pages on which users change their own accounts, at the addresses where Identity Server has them. */
package com.books.bookstore.identity.oauth.account;
