package com.books.bookstore.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wso2.carbon.user.core.exceptions.HashProviderException;
import org.wso2.carbon.user.core.hash.HashProvider;

class PasswordHashesTest {

    private static final String SALT = "NaCl";
    private static final char[] PASSWORD = "zo\u00eb's password".toCharArray();

    private static HashProvider hashes(Object iterations) throws HashProviderException {
        return new PasswordHashesFactory().getHashProvider(Map.of("pbkdf2.iteration.count", iterations));
    }

    private static String hex(byte[] bytes, int from, int to) {
        StringBuilder hex = new StringBuilder();
        for (int i = from; i < to; i++) {
            hex.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16)).append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return hex.toString();
    }

    @Test
    @DisplayName("The hash is PBKDF2-HMAC-SHA512: a known value")
    void knownValue() throws Exception {
        byte[] hash = hashes("1000").calculateHash("password".toCharArray(), "salt");

        assertThat(hex(hash, 5, 69))
                .isEqualTo("afe6c5530785b6cc6b1c6453384731bd5ee432ee549fd42fb6695779ad8a1c5b"
                        + "f59de69c48f774efc4007d5298f9033c0241d5ab69305e7b64eceeb8d834cfec");
    }

    @Test
    @DisplayName("Without a setting, 210,000 iterations are used")
    void iterations() throws Exception {
        byte[] hash = new PasswordHashesFactory().getHashProvider().calculateHash(PASSWORD, SALT);

        assertThat(hex(hash, 0, 5)).isEqualTo("0100033450");
    }

    @Test
    @DisplayName("The right password matches with its salt, whatever the number of iterations is now; others do not")
    void validation() throws Exception {
        byte[] stored = hashes("2000").calculateHash(PASSWORD, SALT);
        HashProvider now = hashes("1000");

        assertThat(now.supportsValidateHash()).isTrue();
        assertThat(now.validateHash(PASSWORD, stored, SALT)).isTrue();
        assertThat(now.validateHash(PASSWORD, stored, SALT)).as("remembered").isTrue();
        assertThat(now.validateHash("zo\u00eb's passwore".toCharArray(), stored, SALT))
                .isFalse();
        assertThat(now.validateHash(new char[0], stored, SALT)).isFalse();
        assertThat(now.validateHash(PASSWORD, stored, "salt")).isFalse();
        assertThat(now.validateHash(PASSWORD, hashes("1000").calculateHash("another".toCharArray(), SALT), SALT))
                .isFalse();
        assertThat(now.validateHash(PASSWORD, Arrays.copyOf(stored, 40), SALT)).isFalse();
        stored[68] ^= 1;
        assertThat(now.validateHash(PASSWORD, stored, SALT)).isFalse();
    }

    @Test
    @DisplayName("Passwords stored by an earlier version are accepted and known as such")
    void earlierVersion() throws Exception {
        byte[] stored =
                MessageDigest.getInstance("SHA-256").digest("zo\u00eb's passwordNaCl".getBytes(StandardCharsets.UTF_8));

        assertThat(hashes("1000").validateHash(PASSWORD, stored, SALT)).isTrue();
        assertThat(hashes("1000").validateHash("zo\u00eb's".toCharArray(), stored, SALT))
                .isFalse();
        assertThat(PasswordHashes.isCurrent(Base64.getEncoder().encodeToString(stored)))
                .isFalse();
        assertThat(PasswordHashes.isCurrent(
                        Base64.getEncoder().encodeToString(hashes("1000").calculateHash(PASSWORD, SALT))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "999", "many", "10000001"})
    @DisplayName("A number of iterations that is no number, too small or too large is refused")
    void wrongIterations(String number) {
        assertThatThrownBy(() -> hashes(number)).isInstanceOf(HashProviderException.class);
    }
}
