package com.books.bookstore.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a kind of token must say beyond its issuer and its times, and where it says who sent the request. Implementations are thread-safe. */
interface ClaimRules {

    /**
     * @param claims of a token whose signature, issuer and times were found good
     * @throws InvalidTokenException if it was not made for this system, or does not say for whom
     */
    Caller caller(JWTClaimsSet claims) throws InvalidTokenException;

    /** The longest subject that OpenID Connect allows and the database stores, in characters. */
    int MAX_SUBJECT_LENGTH = 255;

    /**
     * Orders belong to subjects, which the database compares without the blanks at their end: a subject that it could take for another, or
     * would cut, does not identify a user.
     *
     * @param subject the account that a token names, or null
     * @throws InvalidTokenException if it is missing, blank, longer than {@value #MAX_SUBJECT_LENGTH} characters, or has blanks around it or
     *     control characters in it
     */
    static String checkedSubject(String subject) throws InvalidTokenException {
        if (subject == null || subject.isBlank()) {
            throw new InvalidTokenException("The token has no subject.");
        }
        if (subject.length() > MAX_SUBJECT_LENGTH
                || !subject.equals(subject.strip())
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidTokenException("The token's subject is not valid.");
        }
        return subject;
    }

    /** Whether the key id in a token's header names one of the keys that the issuer publishes. */
    boolean keyIdsAreThoseOfTheKeys();

    /** The application: {@code client_id} as RFC 9068 says, or OpenID Connect's {@code azp}. */
    static String client(JWTClaimsSet claims) {
        String client = text(claims, "client_id");
        return client != null ? client : text(claims, "azp");
    }

    /** The scopes, written as one text with blanks (RFC 9068) or, as some providers do, as an array. */
    static Set<String> scopes(JWTClaimsSet claims) {
        Set<String> scopes = new HashSet<>();
        Object claim = claims.getClaim("scope");
        if (claim instanceof String) {
            scopes.addAll(List.of(((String) claim).split(" ")));
        } else if (claim instanceof List) {
            for (Object scope : (List<?>) claim) {
                if (scope instanceof String) {
                    scopes.addAll(List.of(((String) scope).split(" ")));
                }
            }
        }
        scopes.remove("");
        return scopes;
    }

    /** A claim without blanks around it, or null if it is not a text or blank. */
    static String text(JWTClaimsSet claims, String name) {
        Object claim = claims.getClaim(name);
        return claim instanceof String && !((String) claim).isBlank() ? ((String) claim).strip() : null;
    }
}
