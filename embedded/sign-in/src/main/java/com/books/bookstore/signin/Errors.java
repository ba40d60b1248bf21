package com.books.bookstore.signin;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;

/** What OAuth 2.0 errors mean to a sign-in. */
final class Errors {

    private Errors() {}

    static SignInException refusal(String beginning, ErrorObject error) {
        return new SignInException(
                OAuth2Error.INVALID_SCOPE.getCode().equals(error.getCode())
                        ? SignInException.Reason.UNKNOWN_SCOPE
                        : SignInException.Reason.UNEXPECTED,
                beginning + text(error));
    }

    static String text(ErrorObject error) {
        return error.getDescription() == null
                ? String.valueOf(error.getCode())
                : error.getCode() + ", " + error.getDescription();
    }
}
