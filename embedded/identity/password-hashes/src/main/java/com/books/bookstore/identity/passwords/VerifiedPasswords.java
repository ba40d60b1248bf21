package com.books.bookstore.identity.passwords;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for some minutes which passwords were right, so that a client of Basic authentication does not cost a whole PBKDF2 with each
 * request. Kept are digests under a key of this process, each over password, salt and stored hash: a changed password is
 * another entry. Wrong passwords are never remembered. Thread-safe.
 */
final class VerifiedPasswords {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MOST = 1_000;
    private static final String FUNCTION = "HmacSHA256";
    private static final int KEY_LENGTH = 32;

    private final Supplier<Instant> now;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Instant> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** @param now the present time */
    VerifiedPasswords(Supplier<Instant> now) {
        this.now = now;
        byte[] random = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, FUNCTION);
    }

    boolean contains(char[] password, byte[] stored, String salt) {
        ByteBuffer digest = digest(password, stored, salt);
        synchronized (ends) {
            Instant end = ends.get(digest);
            if (end != null && !end.isAfter(now.get())) {
                ends.remove(digest);
                return false;
            }
            return end != null;
        }
    }

    void add(char[] password, byte[] stored, String salt) {
        ByteBuffer digest = digest(password, stored, salt);
        synchronized (ends) {
            ends.put(digest, now.get().plus(LIFETIME));
        }
    }

    private ByteBuffer digest(char[] password, byte[] stored, String salt) {
        try {
            Mac mac = Mac.getInstance(FUNCTION);
            mac.init(key);
            // Of fixed length, so that no other pair of password and salt gives the same text.
            mac.update(stored);
            byte[] saltBytes = salt.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, saltBytes.length));
            mac.update(saltBytes);
            mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has " + FUNCTION, missing);
        }
    }
}
