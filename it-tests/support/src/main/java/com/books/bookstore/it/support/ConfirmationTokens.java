package com.books.bookstore.it.support;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Date;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens of confirmation links, as another node with the same secret makes them: tests need not wait for an email. */
public final class ConfirmationTokens {

    private static final String PURPOSE = "books.com registration confirmation, 1";
    private static final String API = "https://books.com/registrations/v1";

    private ConfirmationTokens() {}

    /** A token that proves an address until a time. */
    public static String of(String secret, String email, Instant expiry) {
        EncryptedJWT token = new EncryptedJWT(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .type(new JOSEObjectType("registration-confirmation+jwt"))
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(API)
                        .audience(API + "/confirmations")
                        .subject(email)
                        .claim("given_name", "Frodo")
                        .claim("family_name", "Baggins")
                        .expirationTime(Date.from(expiry))
                        .build());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            token.encrypt(new DirectEncrypter(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8))));
            return token.serialize();
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
