package com.books.bookstore.connector;

import com.books.bookstore.problem.ProblemType;

/**
 * Every error of the connector, numbered as WSO2's connectors number theirs. Codes are part of the connector's interface and never change;
 * 7091 is a block that none of WSO2's connectors uses.
 */
enum ConnectorError {

    /** A parameter is missing, is not JSON or has wrong values. */
    INVALID_PARAMETER("709101"),
    UNKNOWN_BOOK("709102"),
    PROMO_CODE_INVALID("709103"),
    TOTAL_TOO_LARGE("709104"),
    MISSING_TOKEN("709105"),
    INVALID_TOKEN("709106"),
    INSUFFICIENT_SCOPE("709107"),
    EMAIL_MISSING("709108"),
    IDENTITY_PROVIDER_UNAVAILABLE("709109"),
    /** A setting such as the discount tiers or the address of the keys cannot be right: the flow has to be changed. */
    CONFIGURATION("709110");

    private final String code;

    ConnectorError(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    /** For people: {@code BOOKSTORE:UNKNOWN_BOOK}. */
    String message() {
        return "BOOKSTORE:" + name();
    }

    /** Errors have the names of the problems; all that is wrong with the form of an input is one error. */
    static ConnectorError of(ProblemType type) {
        for (ConnectorError error : values()) {
            if (error.name().equals(type.name())) {
                return error;
            }
        }
        return INVALID_PARAMETER;
    }
}
