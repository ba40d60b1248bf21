package com.books.bookstore.identity.scim;

import com.books.bookstore.identity.access.UserDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;
import org.wso2.carbon.user.api.UserStoreException;
import org.wso2.carbon.user.core.common.AbstractUserStoreManager;

/**
 * What the authorization server needs to know of a user: {@code id}, {@code userName}, {@code email}, {@code givenName},
 * {@code familyName}, {@code active}, {@code roles}, and a {@code stamp} that is another text after each change of password, roles,
 * email, name or state. Thread-safe.
 */
final class UserState {

    private final UserDirectory users;

    UserState(UserDirectory users) {
        this.users = users;
    }

    /** @param id id of a user who exists */
    JSONObject of(String id) throws UserStoreException {
        AbstractUserStoreManager store = users.store();
        Map<String, String> claims = store.getUserClaimValuesWithID(id, StoredUser.CLAIMS, "default");
        StoredUser user = new StoredUser(id, users.name(id), claims, "", Collections.emptyList());
        List<String> roles = StoredUser.plainRoles(store.getRoleListOfUserWithID(id));
        JSONObject state = new JSONObject()
                .put("id", id)
                .put("userName", user.userName)
                .put("email", user.claim(StoredUser.MAIL))
                .put("givenName", user.claim(StoredUser.GIVEN_NAME))
                .put("familyName", user.claim(StoredUser.FAMILY_NAME))
                .put("active", user.isActive())
                .put("roles", new JSONArray(roles));
        return state.put(
                "stamp",
                digest(String.join(
                        "\n",
                        // The stored hash changes with the password at whichever door it was changed.
                        users.storedPassword(id),
                        user.userName,
                        user.claim(StoredUser.MAIL),
                        String.valueOf(user.isActive()),
                        String.join(",", roles))));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (byte b : hash) {
                hex.append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }
}
