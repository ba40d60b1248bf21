/** What is asked of the identity server about registrations, one class per step. */
package com.books.bookstore.mediator.registration;
