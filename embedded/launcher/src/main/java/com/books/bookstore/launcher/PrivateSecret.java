package com.books.bookstore.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Secrets that are made up once and kept in files that only their owner reads. */
final class PrivateSecret {

    private static final int RANDOM_BYTES = 32;

    private PrivateSecret() {}

    /** The secret of this file, which is made, never half written, if there is none. */
    static String in(Path file) throws IOException {
        return in(file, PrivateSecret::random);
    }

    /** The secret of this file; if there is none, the file is made with the secret that is supplied, and never half written. */
    static String in(Path file, Supplier<String> first) throws IOException {
        if (!Files.exists(file)) {
            // createTempFile: readable only by its owner.
            Path made = Files.createTempFile(file.getParent(), "secret", ".tmp");
            Files.writeString(made, first.get());
            Files.move(made, file);
        }
        return Files.readString(file).strip();
    }

    private static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
