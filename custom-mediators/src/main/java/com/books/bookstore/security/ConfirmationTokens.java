package com.books.bookstore.security;

import com.books.bookstore.registration.Applicant;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Tokens that prove an email address: only a reader of the email can send its token back. They hold the address and the names of an
 * applicant, so that nothing needs to be stored.
 *
 * <p>They are JWTs, encrypted and authenticated (JWE, {@code dir} with {@code A256GCM}), because a link passes through the logs of email
 * gateways and link checkers. Issuer, audience, type and a key of their own bind them to this purpose. Every node with the same secret
 * understands them. Thread-safe.
 */
public final class ConfirmationTokens {

    private static final String PURPOSE = "books.com registration confirmation, 1";
    private static final JOSEObjectType TYPE = new JOSEObjectType("registration-confirmation+jwt");
    private static final String ISSUER = "https://books.com/registrations/v1";
    private static final String AUDIENCE = "https://books.com/registrations/v1/confirmations";
    private static final String GIVEN_NAME = "given_name";
    private static final String FAMILY_NAME = "family_name";
    /** Of an applicant whose address and names are as long as they can be, and some more. */
    private static final int LONGEST_TOKEN = 4096;

    private final SecretKey key;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param secret   at least 32 secret bytes
     * @param lifetime how long a token is valid
     * @throws IllegalArgumentException if the secret is shorter
     */
    public ConfirmationTokens(byte[] secret, Duration lifetime, Clock clock) {
        this.key = DerivedKey.of(secret, PURPOSE);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** When a token that is issued now expires. */
    public Instant expiryOfNew() {
        return clock.instant().plus(lifetime);
    }

    /** A new token: letters, digits, dots, - and _. Only the owner of the address may see it. */
    public String tokenOf(Applicant applicant) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(applicant.email())
                .claim(GIVEN_NAME, applicant.givenName())
                .claim(FAMILY_NAME, applicant.familyName())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        EncryptedJWT token = new EncryptedJWT(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .type(TYPE)
                        .build(),
                claims);
        try {
            token.encrypt(new DirectEncrypter(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform has AES", e);
        }
    }

    /**
     * Whose address a token proves.
     *
     * @throws UnconfirmedException if it was not issued with this secret for this purpose, or has expired
     */
    public Applicant applicantOf(String token) throws UnconfirmedException {
        JWTClaimsSet claims = claims(token);
        if (!ISSUER.equals(claims.getIssuer())
                || !List.of(AUDIENCE).equals(claims.getAudience())
                || claims.getSubject() == null
                || claims.getExpirationTime() == null) {
            throw new UnconfirmedException(false);
        }
        if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
            throw new UnconfirmedException(true);
        }
        return new Applicant(claims.getSubject(), text(claims, GIVEN_NAME), text(claims, FAMILY_NAME));
    }

    private JWTClaimsSet claims(String token) throws UnconfirmedException {
        if (token.length() > LONGEST_TOKEN) {
            throw new UnconfirmedException(false);
        }
        try {
            // Signed and unsecured tokens are not even read: they have other numbers of parts.
            EncryptedJWT jwt = EncryptedJWT.parse(token);
            JWEHeader header = jwt.getHeader();
            if (!isCanonical(token)
                    || !JWEAlgorithm.DIR.equals(header.getAlgorithm())
                    || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                    || !TYPE.equals(header.getType())
                    || header.getCompressionAlgorithm() != null) {
                throw new UnconfirmedException(false);
            }
            // Refuses critical headers, too.
            jwt.decrypt(new DirectDecrypter(key));
            return jwt.getJWTClaimsSet();
        } catch (ParseException | JOSEException | RuntimeException e) {
            // Also for a header without an algorithm, at which the parser has a NullPointerException: every token that
            // cannot
            // be read is the caller's mistake.
            throw new UnconfirmedException(false);
        }
    }

    /** The parser ignores bits and letters that belong to no byte; here one token has one form. */
    private static boolean isCanonical(String token) {
        return Arrays.stream(token.split("\\.", -1))
                .allMatch(part -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Base64.getUrlDecoder().decode(part))
                        .equals(part));
    }

    private static String text(JWTClaimsSet claims, String name) throws UnconfirmedException {
        try {
            String text = claims.getStringClaim(name);
            if (text != null) {
                return text;
            }
        } catch (ParseException e) {
            // Refused below, like a token without the claim.
        }
        throw new UnconfirmedException(false);
    }
}
