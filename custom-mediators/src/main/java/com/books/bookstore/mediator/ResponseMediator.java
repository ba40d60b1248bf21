package com.books.bookstore.mediator;

import com.books.bookstore.mediator.answer.OperationAnswer;
import com.books.bookstore.mediator.answer.OperationAnswers;
import com.books.bookstore.mediator.answer.ServiceResult;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import org.apache.synapse.MessageContext;

/**
 * Makes the answer of what a data service said.
 *
 * <p>The property {@code operation} says to which request. In: {@link MessageProperties#RESULT} (columns outcome, document, version
 * as the operation has them); for lists also {@link MessageProperties#TOTAL}, {@link MessageProperties#LIMIT} and
 * {@link MessageProperties#OFFSET}; for quotes {@link MessageProperties#PRICED_ORDER}, {@link MessageProperties#TOTALS} and
 * {@link MessageProperties#CURRENCY}. Problems: book_not_found, order_not_found, precondition_failed, order_not_pending,
 * summary_not_found, mail_not_found, mail_being_sent. Thread-safe.
 */
public class ResponseMediator extends BookstoreMediator {

    private static final int MOST_SECONDS = 86_400;

    private OperationAnswer answer;
    private int maxAge;

    /** The operation's name in the API definitions, such as {@code getBook}. */
    public void setOperation(String operation) {
        String name = Setting.required("operation", operation);
        this.answer = OperationAnswers.of(name)
                .orElseThrow(() -> new WrongArtifactException(
                        "The setting 'operation' names an operation that this mediator has no answer for: " + name));
    }

    /** How many seconds caches may keep a public answer, 0 to 86400; 0 unless set: they ask each time. */
    public void setMaxAge(String maxAge) {
        this.maxAge = Setting.number("maxAge", maxAge, 0, MOST_SECONDS);
    }

    @Override
    void handle(MessageContext message) {
        if (answer == null) {
            throw new WrongArtifactException("The setting 'operation' is not set");
        }
        HttpAnswer.put(message, answer.of(new ServiceResult(message, maxAge)));
    }
}
