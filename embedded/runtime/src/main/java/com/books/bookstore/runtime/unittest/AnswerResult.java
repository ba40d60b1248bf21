package com.books.bookstore.runtime.unittest;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/** The answer of an API. */
record AnswerResult(HttpResponse<String> answer) implements CaseResult {

    @Override
    public String value(String expression) {
        if (expression.startsWith("$trp:")) {
            return answer.headers()
                    .firstValue(expression.substring("$trp:".length()))
                    .orElse(null);
        }
        switch (expression) {
            case "$body":
                return answer.body().isEmpty() ? null : answer.body();
            case "$statusCode":
                return Integer.toString(answer.statusCode());
            case "$httpVersion":
                return answer.version() == HttpClient.Version.HTTP_1_1 ? "HTTP/1.1" : "HTTP/2.0";
            default:
                throw new IllegalArgumentException(expression + " cannot be asserted of an answer");
        }
    }
}
