/**
 * Mails: what they say, how they are put together, and when the summary of a day is due. Knows neither the engine nor the database; what
 * goes in is the JSON document that the outbox keeps.
 */
package com.books.bookstore.mail;
