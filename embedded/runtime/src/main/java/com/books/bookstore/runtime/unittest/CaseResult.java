package com.books.bookstore.runtime.unittest;

/** What a case can look at when its flow has ended. */
interface CaseResult {

    /**
     * @param expression such as {@code $statusCode} or {@code $trp:Allow}
     * @return null if there is no such thing
     * @throws IllegalArgumentException if the expression cannot be used here
     */
    String value(String expression);
}
