package com.books.bookstore.signin;

import java.time.Duration;

/**
 * The result of a sign-in. Its text form leaves the tokens out.
 *
 * @param refreshToken null when the server issued none
 * @param idToken      null when the scope {@code openid} was not requested
 * @param lifetime     of the access token
 * @param scope        the granted scopes, separated by spaces; empty when the server does not name them
 */
public record TokenSet(String accessToken, String refreshToken, String idToken, Duration lifetime, String scope) {

    @Override
    public String toString() {
        return "TokenSet[lifetime=" + lifetime + ", scope=" + scope + "]";
    }
}
