package com.books.bookstore.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys made of the registration secret, a different one for each purpose: what one of them seals, another cannot open. */
final class DerivedKey {

    /** The fewest bytes of a secret. */
    static final int SHORTEST_SECRET = 32;

    private DerivedKey() {}

    /**
     * An AES-256 key.
     *
     * @param secret  at least {@value #SHORTEST_SECRET} secret bytes
     * @param purpose what the key is for, in ASCII
     * @throws IllegalArgumentException if the secret is shorter
     */
    static SecretKey of(byte[] secret, String purpose) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("The secret must have at least " + SHORTEST_SECRET + " bytes");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
