/**
 * The class mediators: thin adapters between Synapse messages and the rules. One instance serves all threads, so no mediator
 * keeps anything of a request.
 */
package com.books.bookstore.mediator;
