package com.books.bookstore.identity.oauth.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users that live as long as the process: for tests, and for a demo without a user store. Thread safe. */
public final class InMemoryUserDirectory implements UserDirectory {

    /** Weaker than for a real user store: these passwords are public, and tests sign in often. */
    private static final int BCRYPT_STRENGTH = 6;

    private final PasswordEncoder encoder = new BCryptPasswordEncoder(BCRYPT_STRENGTH);
    private final String hashWithoutUser = encoder.encode(UUID.randomUUID().toString());
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * The users of the demo: {@code customer} and {@code reader} buy books, {@code staff} and {@code admin} run the shop. The
     * password is the name and the email address {@code <name>@books.com}.
     */
    public static InMemoryUserDirectory withDemoUsers() {
        InMemoryUserDirectory directory = new InMemoryUserDirectory();
        directory.addDemoUser("customer", "Carla", "Customer", "bookstore-customer");
        directory.addDemoUser("reader", "Remy", "Reader", "bookstore-customer");
        directory.addDemoUser("staff", "Sam", "Staff", "bookstore-staff");
        directory.addDemoUser("admin", "Ada", "Admin", "bookstore-admin");
        return directory;
    }

    private void addDemoUser(String name, String givenName, String familyName, String role) {
        put(
                new DirectoryUser(
                        idFor(name), name, name + "@books.com", givenName, familyName, List.of(role), true, ""),
                name);
    }

    /** The same name has the same id in every run, as orders and tokens outlive this directory. */
    private static String idFor(String userName) {
        return UUID.nameUUIDFromBytes(("books.com/" + userName).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Adds a user, or replaces the one with this user name. The stamp is made here. */
    public void put(DirectoryUser user, String password) {
        String stamp = digest(user.roles() + " " + user.email() + " " + user.active() + " " + password);
        accounts.put(
                user.userName(),
                new Account(
                        new DirectoryUser(
                                user.id(),
                                user.userName(),
                                user.email(),
                                user.givenName(),
                                user.familyName(),
                                user.roles(),
                                user.active(),
                                stamp),
                        encoder.encode(password)));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** From now on this user does not exist. */
    public void remove(String userName) {
        accounts.remove(userName);
    }

    @Override
    public Optional<DirectoryUser> authenticate(String userName, String password) {
        Account account = accounts.get(userName);
        // An unknown user costs as much time as a wrong password.
        boolean matches = encoder.matches(password, account == null ? hashWithoutUser : account.passwordHash());
        return matches && account != null && account.user().active() ? Optional.of(account.user()) : Optional.empty();
    }

    @Override
    public Optional<DirectoryUser> find(String id) {
        return accounts.values().stream()
                .map(Account::user)
                .filter(user -> user.id().equals(id))
                .findFirst();
    }

    private record Account(DirectoryUser user, String passwordHash) {}
}
