package com.books.bookstore.identity.oauth.protocol;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/** How Spring's errors are answered at the endpoints. */
public final class OAuthErrors {

    private OAuthErrors() {}

    public static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        OAuth2Error error = reason instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT);
        if (OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())) {
            JsonAnswers.sendInvalidClient(response);
        } else {
            JsonAnswers.sendError(
                    response, HttpServletResponse.SC_BAD_REQUEST, error.getErrorCode(), error.getDescription());
        }
    }

    /** RFC 6750 section 3.1: a token without the scope is forbidden, any other is no token. */
    public static void refuseBearer(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        String code = reason instanceof OAuth2AuthenticationException oauth
                ? oauth.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_TOKEN;
        response.setHeader("WWW-Authenticate", "Bearer error=\"" + code + "\"");
        JsonAnswers.sendError(
                response,
                OAuth2ErrorCodes.INSUFFICIENT_SCOPE.equals(code)
                        ? HttpServletResponse.SC_FORBIDDEN
                        : HttpServletResponse.SC_UNAUTHORIZED,
                code,
                null);
    }
}
