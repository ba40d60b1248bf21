/** Where users and their passwords are kept. Knows nothing of OAuth. */
package com.books.bookstore.identity.oauth.users;
