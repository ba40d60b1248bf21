/** The answers to requests, made of what data services returned: found by the operation's name in {@link com.books.bookstore.mediator.answer.OperationAnswers}. */
package com.books.bookstore.mediator.answer;
