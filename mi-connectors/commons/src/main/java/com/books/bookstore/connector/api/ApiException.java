package com.books.bookstore.connector.api;

/** A call that failed, as the fault sequence of the flow is told. Messages and details name no secret. */
final class ApiException extends RuntimeException {

    /** A setting of the connection is missing or wrong. */
    static final String CONFIGURATION = "709001";

    /** A parameter of the operation is missing or wrong. */
    static final String INVALID_PARAMETER = "709002";

    /** The token endpoint gave no access token. */
    static final String TOKEN_REFUSED = "709003";

    /** No answer came: whether the request had an effect is not known. */
    static final String NO_ANSWER = "709004";

    /** Before the status of an answer: 709409 is a conflict. */
    private static final String STATUS = "709";

    private static final long serialVersionUID = 1L;

    private final String errorCode;
    private final String problem;

    private ApiException(String errorCode, String problem, String detail, Throwable cause) {
        super(detail, cause);
        this.errorCode = errorCode;
        this.problem = problem;
    }

    static ApiException configuration(String detail) {
        return new ApiException(CONFIGURATION, "CONFIGURATION", detail, null);
    }

    static ApiException invalidParameter(String detail) {
        return new ApiException(INVALID_PARAMETER, "INVALID_PARAMETER", detail, null);
    }

    static ApiException tokenRefused(String detail) {
        return new ApiException(TOKEN_REFUSED, "TOKEN_REFUSED", detail, null);
    }

    static ApiException noAnswer(String detail, Throwable cause) {
        return new ApiException(NO_ANSWER, "NO_ANSWER", detail, cause);
    }

    /**
     * @param problem the {@code code} of the problem, or the status if the answer is no problem
     * @param detail  the answer: a JSON document of the type application/problem+json, or a sentence
     */
    static ApiException answer(int status, String problem, String detail) {
        return new ApiException(STATUS + status, problem, detail, null);
    }

    /** {@code ERROR_CODE}. */
    String errorCode() {
        return errorCode;
    }

    /** {@code ERROR_MESSAGE}. */
    String errorMessage() {
        return "BOOKSTORE:" + problem;
    }
}
