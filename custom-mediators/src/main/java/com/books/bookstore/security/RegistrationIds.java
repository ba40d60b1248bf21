package com.books.bookstore.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Names for registrations that need no storage: the user name, and the identity server's id of the request if it is known, encrypted and
 * authenticated with AES-256-GCM. An ID cannot be guessed, forged or decrypted, and every node with the same secret
 * understands it. Thread-safe.
 */
public final class RegistrationIds {

    private static final String PURPOSE = "books.com registration id, 1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    /** Between user name and request; no user name has a line break. */
    private static final char SEPARATOR = '\n';
    /** Of an id whose user name is as long as an email address can be. */
    private static final int LONGEST_ID = 512;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param secret at least 32 secret bytes
     * @throws IllegalArgumentException if it is shorter
     */
    public RegistrationIds(byte[] secret) {
        key = DerivedKey.of(secret, PURPOSE);
    }

    /** What an id was made from. Immutable. */
    public static final class Content {

        private final String userName;
        private final String requestId;

        private Content(String userName, String requestId) {
            this.userName = userName;
            this.requestId = requestId;
        }

        public String userName() {
            return userName;
        }

        public Optional<String> requestId() {
            return Optional.ofNullable(requestId);
        }
    }

    /**
     * A new id: letters, digits, - and _.
     *
     * @param userName  without line breaks
     * @param requestId the identity server's id of the request, if it is known
     */
    public String idOf(String userName, Optional<String> requestId) {
        String content =
                requestId.map(request -> userName + SEPARATOR + request).orElse(userName);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES", e);
        }
    }

    /** What is in an id, or nothing if it was not made with this secret. */
    public Optional<Content> contentOf(String id) {
        if (id.length() > LONGEST_ID) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id);
            if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(id)) {
                return Optional.empty();
            }
            byte[] opened = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES))
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            String content = new String(opened, StandardCharsets.UTF_8);
            int separator = content.lastIndexOf(SEPARATOR);
            return Optional.of(
                    separator < 0
                            ? new Content(content, null)
                            : new Content(content.substring(0, separator), content.substring(separator + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
