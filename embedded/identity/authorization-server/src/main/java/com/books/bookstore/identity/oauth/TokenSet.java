package com.books.bookstore.identity.oauth;

import java.time.Duration;

/**
 * What a sign-in yields. Its text form leaves the tokens out.
 *
 * @param refreshToken null when the server issued none
 * @param idToken      null when the scope {@code openid} was not asked for
 * @param lifetime     of the access token
 * @param scope        what was granted, space separated
 */
public record TokenSet(String accessToken, String refreshToken, String idToken, Duration lifetime, String scope) {

    @Override
    public String toString() {
        return "TokenSet[lifetime=" + lifetime + ", scope=" + scope + "]";
    }
}
