package com.books.bookstore.identity.oauth.tokens;

import com.books.bookstore.embedded.PrivateFiles;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The RSA keys that sign tokens, newest first: the newest signs, the one before it is still published, so that tokens which
 * it signed stay good. Made on first start and kept in one file. Thread safe.
 */
public final class SigningKeys implements JWKSource<SecurityContext> {

    private static final int KEY_BITS = 2048;
    private static final int PUBLISHED_KEYS = 2;

    private final Path file;
    private volatile List<JWK> newestFirst;

    private SigningKeys(Path file, List<JWK> newestFirst) {
        this.file = file;
        this.newestFirst = newestFirst;
    }

    /** Reads the keys of an earlier start, or makes the first. */
    public static SigningKeys load(Path file) throws IOException {
        if (!Files.exists(file)) {
            SigningKeys keys = new SigningKeys(file, List.of());
            keys.rotate();
            return keys;
        }
        try {
            List<JWK> kept = JWKSet.parse(Files.readString(file)).getKeys();
            if (kept.isEmpty() || !kept.stream().allMatch(JWK::isPrivate)) {
                throw new IOException(file + " holds no private signing key; delete it to have new keys made");
            }
            return new SigningKeys(file, List.copyOf(kept));
        } catch (ParseException e) {
            // Without the cause: its message may quote the key.
            throw new IOException(file + " is not a JSON Web Key Set; delete it to have new keys made");
        }
    }

    /** Signs with a new key from now on. The key before it stays published, older ones go. */
    public synchronized void rotate() throws IOException {
        List<JWK> keys = new ArrayList<>();
        keys.add(newKey());
        newestFirst.stream().limit(PUBLISHED_KEYS - 1L).forEach(keys::add);
        PrivateFiles.write(file, new JWKSet(keys).toString(false));
        newestFirst = List.copyOf(keys);
    }

    private static JWK newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM cannot make RSA keys", e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(new JWKSet(newestFirst));
    }
}
