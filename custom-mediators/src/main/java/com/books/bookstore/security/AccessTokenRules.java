package com.books.bookstore.security;

import com.nimbusds.jwt.JWTClaimsSet;

/** Access tokens of the identity provider (RFC 9068). */
final class AccessTokenRules implements ClaimRules {

    /** What Identity Server says in {@code aut} of a token by client credentials. */
    private static final String APPLICATION = "APPLICATION";

    private final String audience;

    /** @param audience must be among {@code aud} */
    AccessTokenRules(String audience) {
        this.audience = audience;
    }

    @Override
    public Caller caller(JWTClaimsSet claims) throws InvalidTokenException {
        if (!claims.getAudience().contains(audience)) {
            throw new InvalidTokenException("The token is for another audience.");
        }
        String subject = ClaimRules.checkedSubject(claims.getSubject());
        if (APPLICATION.equals(ClaimRules.text(claims, "aut"))) {
            return Caller.application(subject, ClaimRules.scopes(claims), ClaimRules.client(claims));
        }
        return new Caller(
                subject, ClaimRules.text(claims, "email"), ClaimRules.scopes(claims), ClaimRules.client(claims));
    }

    @Override
    public boolean keyIdsAreThoseOfTheKeys() {
        return true;
    }
}
