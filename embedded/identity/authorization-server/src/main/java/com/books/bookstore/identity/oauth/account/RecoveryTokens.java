package com.books.bookstore.identity.oauth.account;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens in links for a new password: signed, valid for an hour, for one change only, because they name the stamp of the user, which the
 * change changes. Nothing is stored; the key lives as long as the process. Thread safe.
 */
final class RecoveryTokens {

    static final Duration LIFETIME = Duration.ofHours(1);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int PARTS = 4;

    private final SecretKeySpec key;
    private final UserDirectory users;
    private final Clock clock;

    RecoveryTokens(UserDirectory users, Clock clock) {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.users = users;
        this.clock = clock;
    }

    String of(DirectoryUser user) {
        String claims = text(user.id().getBytes(StandardCharsets.UTF_8)) + "."
                + clock.instant().plus(LIFETIME).getEpochSecond() + "." + text(sign("stamp " + user.stamp()));
        return claims + "." + text(sign("token " + claims));
    }

    /** The active user of a token; empty if it was changed, is too old, or the account was changed since. */
    Optional<DirectoryUser> user(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != PARTS
                || !isSame(parts[3], text(sign("token " + token.substring(0, token.lastIndexOf('.')))))) {
            return Optional.empty();
        }
        if (clock.instant().getEpochSecond() >= Long.parseLong(parts[1])) {
            return Optional.empty();
        }
        String id = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        return users.find(id)
                .filter(DirectoryUser::active)
                .filter(user -> isSame(parts[2], text(sign("stamp " + user.stamp()))));
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM, e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
