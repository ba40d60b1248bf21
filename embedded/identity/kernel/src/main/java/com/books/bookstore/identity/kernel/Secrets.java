package com.books.bookstore.identity.kernel;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Passwords made on the first start and kept in files that only the owner can read. */
final class Secrets {

    static final String ADMINISTRATOR = "kernel-admin";

    private static final int RANDOM_BYTES = 18;

    private final String adminPassword;
    private final String keyStorePassword;

    private Secrets(String adminPassword, String keyStorePassword) {
        this.adminPassword = adminPassword;
        this.keyStorePassword = keyStorePassword;
    }

    /** Reads the secrets of a home, or makes them. */
    static Secrets of(Path home, String adminPassword) throws IOException {
        Path file = home.resolve("repository/conf/bookstore-secrets.properties");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } else {
            properties.setProperty(
                    "admin.password",
                    adminPassword == null || adminPassword.isBlank() ? PasswordPolicy.password() : adminPassword);
            properties.setProperty("keystore.password", random());
            create(file);
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
        }
        Path shared = internalSecretFile(home);
        if (Files.notExists(shared)) {
            create(shared);
            Files.writeString(shared, random());
        }
        return new Secrets(properties.getProperty("admin.password"), properties.getProperty("keystore.password"));
    }

    static Path internalSecretFile(Path home) {
        return home.resolve("repository/conf/bookstore-internal-secret");
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String adminPassword() {
        return adminPassword;
    }

    String keyStorePassword() {
        return keyStorePassword;
    }
}
