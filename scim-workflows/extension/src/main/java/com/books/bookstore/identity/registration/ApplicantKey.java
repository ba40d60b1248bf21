package com.books.bookstore.identity.registration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/**
 * What must be unique among users and waiting requests: a user name or an email address, compared without regard to case
 * and to how Unicode composes a letter. Immutable.
 */
public final class ApplicantKey {

    /** Marks these keys among the entities that workflow.mgt keeps for a waiting request. */
    public static final String ENTITY_TYPE = "BOOKSTORE_APPLICANT";

    /** Width of WF_REQUEST_ENTITY_RELATIONSHIP.ENTITY_NAME. */
    private static final int LONGEST_ENTITY_NAME = 255;

    private final String value;

    private ApplicantKey(String value) {
        this.value = value;
    }

    public static ApplicantKey ofName(String userStore, String userName) {
        return new ApplicantKey("name:" + fold(userStore) + "/" + fold(userName));
    }

    public static ApplicantKey ofMail(String mail) {
        return new ApplicantKey("mail:" + fold(mail));
    }

    private static String fold(String text) {
        return Normalizer.normalize(text.trim(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** The key as it is stored; long ones by their digest, so that they fit the column and stay distinct. */
    public String entityName() {
        return value.length() <= LONGEST_ENTITY_NAME ? value : value.substring(0, 5) + digest(value);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (byte b : hash) {
                hex.append(String.format(Locale.ROOT, "%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApplicantKey && ((ApplicantKey) other).value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }
}
