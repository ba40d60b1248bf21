package com.books.bookstore.identity.oauth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Optional;

/** Reads ID tokens that clients send back as hints. Thread safe. */
public final class IdTokenHints {

    private final String issuer;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public IdTokenHints(SigningKeys keys, String issuer) {
        this.issuer = issuer;
        // The default verifier of types takes JWT and none: access tokens, which are at+jwt, are no hints.
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        // An expired ID token is a good hint (OpenID Connect Core 3.1.2.1).
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    /** The user whom this ID token names; empty when this server has not signed it. */
    public Optional<String> subject(String idToken) {
        try {
            var claims = processor.process(idToken, null);
            return issuer.equals(claims.getIssuer()) ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }
}
