package com.books.bookstore.benchmark.load;

/**
 * A request to be sent, and what must come back.
 *
 * @param headers        complete header lines beside the usual ones, each with its line end; may be empty
 * @param body           JSON, or empty for none
 * @param expectedStatus any other status is an error
 * @param expectedPart   a text that the answer must hold
 */
record HttpCall(String method, String path, String headers, String body, int expectedStatus, String expectedPart) {

    static HttpCall get(String path, String expectedPart) {
        return new HttpCall("GET", path, "", "", 200, expectedPart);
    }

    static HttpCall post(String path, String headers, String body, String expectedPart) {
        return new HttpCall("POST", path, headers, body, 201, expectedPart);
    }

    /** MySQL's JSON has a space behind each colon, Jackson's has none. */
    boolean isAnsweredBy(HttpConnection.Answer answer) {
        return answer.status() == expectedStatus
                && (answer.body().contains(expectedPart)
                        || answer.body().contains(expectedPart.replace("\": ", "\":")));
    }
}
