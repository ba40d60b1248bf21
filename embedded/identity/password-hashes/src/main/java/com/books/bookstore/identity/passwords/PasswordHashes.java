package com.books.bookstore.identity.passwords;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.wso2.carbon.user.core.exceptions.HashProviderClientException;
import org.wso2.carbon.user.core.exceptions.HashProviderException;
import org.wso2.carbon.user.core.exceptions.HashProviderServerException;
import org.wso2.carbon.user.core.hash.HashProvider;

/**
 * PBKDF2 with HMAC-SHA-512 for the passwords of the user store.
 *
 * <p>A hash is one byte for the format, four for the number of iterations, and the derived key, so that another number applies to new
 * passwords and old ones stay valid. The kernel's earlier form, SHA-256 of password and salt, is recognized by its length and
 * still accepted: {@link #isCurrent} tells which passwords to hash anew. Thread-safe after {@code init}.
 */
public final class PasswordHashes implements HashProvider {

    static final String ALGORITHM = "PBKDF2";
    /** The name that Identity Server's own provider uses. */
    static final String ITERATIONS_PROPERTY = "pbkdf2.iteration.count";
    /** What OWASP's Password Storage Cheat Sheet asks for with SHA-512. */
    static final int ITERATIONS = 210_000;

    private static final int FEWEST_ITERATIONS = 1_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final String FUNCTION = "PBKDF2WithHmacSHA512";
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = Byte.BYTES + Integer.BYTES;
    private static final int KEY_LENGTH = 64;
    private static final int LENGTH = HEADER_LENGTH + KEY_LENGTH;
    private static final int SHA_256_LENGTH = 32;

    private final VerifiedPasswords verified = new VerifiedPasswords(Clock.systemUTC()::instant);
    private int iterations = ITERATIONS;

    /** Whether a password that is stored like this has the present form. */
    public static boolean isCurrent(String stored) {
        try {
            byte[] hash = Base64.getDecoder().decode(stored);
            return hash.length == LENGTH && hash[0] == FORMAT;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public void init() {
        iterations = ITERATIONS;
    }

    @Override
    public void init(Map<String, Object> properties) throws HashProviderException {
        Object configured = properties.get(ITERATIONS_PROPERTY);
        try {
            iterations = configured == null ? ITERATIONS : Integer.parseInt(configured.toString());
        } catch (NumberFormatException wrong) {
            throw new HashProviderClientException(ITERATIONS_PROPERTY + " is not a number: " + configured, wrong);
        }
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new HashProviderClientException(ITERATIONS_PROPERTY + " is not between " + FEWEST_ITERATIONS + " and "
                    + MOST_ITERATIONS + ": " + iterations);
        }
    }

    @Override
    public byte[] calculateHash(char[] password, String salt) throws HashProviderException {
        return ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putInt(iterations)
                .put(key(password, salt, iterations))
                .array();
    }

    private static byte[] key(char[] password, String salt, int iterations) throws HashProviderException {
        if (salt == null || salt.isEmpty()) {
            throw new HashProviderServerException("A password cannot be hashed without a salt");
        }
        PBEKeySpec spec =
                new PBEKeySpec(password, salt.getBytes(StandardCharsets.UTF_8), iterations, KEY_LENGTH * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(FUNCTION).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new HashProviderServerException("A password cannot be hashed by " + FUNCTION, missing);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public boolean supportsValidateHash() {
        return true;
    }

    @Override
    public boolean validateHash(char[] password, byte[] stored, String salt) throws HashProviderException {
        if (password == null || password.length == 0 || stored == null || salt == null) {
            return false;
        }
        if (stored.length == SHA_256_LENGTH) {
            return MessageDigest.isEqual(stored, sha256(password, salt));
        }
        ByteBuffer hash = ByteBuffer.wrap(stored);
        if (stored.length != LENGTH || hash.get() != FORMAT) {
            return false;
        }
        int usedIterations = hash.getInt();
        if (usedIterations < 1 || usedIterations > MOST_ITERATIONS) {
            return false;
        }
        if (verified.contains(password, stored, salt)) {
            return true;
        }
        boolean right = MessageDigest.isEqual(
                Arrays.copyOfRange(stored, HEADER_LENGTH, LENGTH), key(password, salt, usedIterations));
        if (right) {
            verified.add(password, stored, salt);
        }
        return right;
    }

    private static byte[] sha256(char[] password, String salt) throws HashProviderException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return digest.digest(salt.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new HashProviderServerException("A stored password cannot be checked", missing);
        }
    }

    @Override
    public Map<String, Object> getParameters() {
        return Collections.singletonMap(ITERATIONS_PROPERTY, iterations);
    }

    @Override
    public String getAlgorithm() {
        return ALGORITHM;
    }
}
