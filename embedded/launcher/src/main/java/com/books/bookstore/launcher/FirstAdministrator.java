package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.identity.kernel.KernelOptions;
import com.books.bookstore.identity.kernel.PasswordPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The user who may approve registrations in a bookstore without demo users, created while no user has the role bookstore-admin. The password is that of
 * the environment, else one that is made up when it is needed and kept in a file for its owner only. Thread-safe.
 */
final class FirstAdministrator {

    static final String NAME_VARIABLE = "BOOKSTORE_FIRST_ADMIN";
    static final String PASSWORD_VARIABLE = "BOOKSTORE_FIRST_ADMIN_PASSWORD";

    private static final String DEFAULT_NAME = "administrator";
    private static final String DEFAULT_MAIL = "admin@books.com";
    /** What the kernel's user store takes. */
    private static final String NAMES = "[^\\s/\\\\,;\"]{3,255}";

    private final String userName;
    private final String mail;
    private final String givenPassword;
    private final Path passwordFile;

    private FirstAdministrator(String userName, String mail, String givenPassword, Path passwordFile) {
        this.userName = userName;
        this.mail = mail;
        this.givenPassword = givenPassword;
        this.passwordFile = passwordFile;
    }

    /**
     * @param environment       such as {@link System#getenv()}
     * @param passwords         what the password needs
     * @param identityDirectory where a password that is made up is kept
     * @throws StartException in one line without the value, if a variable cannot be used
     */
    static FirstAdministrator of(Map<String, String> environment, PasswordPolicy passwords, Path identityDirectory) {
        refuseDemoPassword(environment, KernelOptions.ADMIN_PASSWORD_VARIABLE);
        refuseDemoPassword(environment, PASSWORD_VARIABLE);
        String userName = setting(environment, NAME_VARIABLE).orElse(DEFAULT_NAME);
        if (!userName.matches(NAMES)) {
            throw new StartException(
                    NAME_VARIABLE + " is not a user name: 3 to 255 characters without spaces, / \\ , ; or quotes");
        }
        Optional<String> password = setting(environment, PASSWORD_VARIABLE);
        if (password.isPresent() && !passwords.accepts(password.get())) {
            throw new StartException(PASSWORD_VARIABLE + " cannot be used. " + passwords.description());
        }
        // Several addresses may get the daily summary; a user has one.
        String mail = setting(environment, "BOOKSTORE_ADMIN_MAIL")
                .map(addresses -> addresses.split(",")[0].strip())
                .orElse(DEFAULT_MAIL);
        return new FirstAdministrator(
                userName, mail, password.orElse(null), identityDirectory.resolve("first-administrator.password"));
    }

    private static void refuseDemoPassword(Map<String, String> environment, String variable) {
        if (setting(environment, variable)
                .filter(EmbeddedIdentity.DEMO_PASSWORD::equals)
                .isPresent()) {
            throw new StartException(variable + " is the password of the demo users, which is documented");
        }
    }

    private static Optional<String> setting(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String userName() {
        return userName;
    }

    /** The file with the password that was made up; it is there from the first start on, until it is deleted. */
    Optional<Path> passwordFile() {
        return Optional.of(passwordFile).filter(Files::exists);
    }

    KernelOptions.Administrator forKernel() {
        return new KernelOptions.Administrator(userName, mail, this::password);
    }

    private String password() {
        if (givenPassword != null) {
            return givenPassword;
        }
        try {
            return PrivateSecret.in(passwordFile, PasswordPolicy::password);
        } catch (IOException e) {
            throw new StartException(
                    "The administrator's password cannot be kept in " + passwordFile + ": " + e.getMessage(), e);
        }
    }
}
