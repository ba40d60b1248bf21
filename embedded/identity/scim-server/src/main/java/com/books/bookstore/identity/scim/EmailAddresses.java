package com.books.bookstore.identity.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.ConflictException;

/**
 * The rules for email addresses of users: each value is one address, and no two users share one, since the address decides whose
 * orders a user sees. Addresses are compared without regard to case and to how Unicode composes a letter. Thread-safe.
 */
final class EmailAddresses {

    private static final int LONGEST = 254;

    /** One address: no list, no display name, no comment, no quoted form. */
    private static final Pattern ADDRESS = Pattern.compile("(?=.{1,64}@)"
            + "[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}@.,;:<>()\\[\\]\\\\\"]+(\\.[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}@.,;:<>()\\[\\]\\\\\"]+)*"
            + "@[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?"
            + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?)*");

    private final DataSource users;
    private final UserDocuments documents;

    /**
     * @param users     database of the user store, which has the address that counts
     * @param documents further addresses
     */
    EmailAddresses(DataSource users, UserDocuments documents) {
        this.users = users;
        this.documents = documents;
    }

    static boolean isAddress(String text) {
        return text.length() <= LONGEST && ADDRESS.matcher(text).matches();
    }

    /** The form in which addresses are compared. */
    static String fold(String address) {
        return Normalizer.normalize(address, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /**
     * Looks at the addresses that a user is to have. Those that the user has already are not looked at again, so that a
     * user with an address from before these rules can be changed.
     *
     * @param userId null for a new user
     * @param before emails as they are
     * @param after  emails as they are to be
     * @throws BadRequestException when a value is not one address
     * @throws ConflictException   when another user has the address
     */
    void check(String userId, JsonNode before, JsonNode after)
            throws BadRequestException, ConflictException, SQLException {
        Set<String> added = values(after);
        Set<String> present = values(before);
        if (StoredUser.mail(before).equals(StoredUser.mail(after))) {
            present.forEach(added::remove);
        } else {
            String counts = fold(StoredUser.mail(after));
            added.removeIf(address -> present.contains(address) && !address.equals(counts));
        }
        if (added.isEmpty()) {
            return;
        }
        for (String address : added) {
            if (!isAddress(address)) {
                throw new BadRequestException(
                        "A value of emails is not one email address. Send one address in each value.", "invalidValue");
            }
        }
        if (added.stream().anyMatch(ofOthers(userId)::contains)) {
            throw new ConflictException("A user with this email address exists.");
        }
    }

    /** The id of the user whose primary address this is, or null if there is none. */
    String owner(String address) throws SQLException {
        String wanted = fold(address);
        for (Map.Entry<String, String> primary : primaryAddresses().entrySet()) {
            if (primary.getValue().equals(wanted)) {
                return primary.getKey();
            }
        }
        return null;
    }

    private static Set<String> values(JsonNode emails) {
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode email : emails) {
            if (email.hasNonNull("value")) {
                values.add(fold(email.path("value").asText()));
            }
        }
        return values;
    }

    /** Addresses of all users but one, in the form in which they are compared. The database has no such form, so all are read. */
    private Set<String> ofOthers(String userId) throws SQLException {
        Map<String, String> primary = primaryAddresses();
        primary.remove(userId);
        Set<String> used = new HashSet<>(primary.values());
        for (Map.Entry<String, String> document : documents.naming("emails").entrySet()) {
            if (!document.getKey().equals(userId)) {
                used.addAll(values(StoredUser.emails(document.getValue())));
            }
        }
        return used;
    }

    /** By ids of users. */
    private Map<String, String> primaryAddresses() throws SQLException {
        Map<String, String> addresses = new HashMap<>();
        try (Connection connection = users.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT U.UM_USER_ID, A.UM_ATTR_VALUE FROM UM_USER U JOIN UM_USER_ATTRIBUTE A"
                                + " ON A.UM_USER_ID = U.UM_ID AND A.UM_TENANT_ID = U.UM_TENANT_ID"
                                + " WHERE A.UM_ATTR_NAME = 'mail'");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                addresses.put(rows.getString(1), fold(rows.getString(2)));
            }
        }
        return addresses;
    }
}
