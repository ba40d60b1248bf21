package com.books.bookstore.runtime.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A proxy on this machine that tells the HTTP server the addresses of its clients. It proves itself with a secret that is new for each start and
 * leaves the process only in a header of the requests that it passes on. Thread-safe.
 */
public final class TrustedProxy {

    private static final String SECRET_HEADER = "X-Proxy-Secret";
    private static final String ADDRESS_HEADER = "X-Forwarded-For";
    private static final int SECRET_BYTES = 32;

    private final byte[] secret;

    private TrustedProxy(byte[] secret) {
        this.secret = secret;
    }

    /** A proxy with a new random secret. */
    public static TrustedProxy create() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return new TrustedProxy(HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Marks a request that the proxy passes on.
     *
     * @param headers       sets a header of the request, in place of all lines that its client sent
     * @param clientAddress of the connection to the proxy
     */
    public void sign(BiConsumer<String, String> headers, String clientAddress) {
        headers.accept(ADDRESS_HEADER, clientAddress);
        headers.accept(SECRET_HEADER, new String(secret, StandardCharsets.US_ASCII));
    }

    /**
     * The client of a request: what the proxy says if the request is the proxy's, otherwise the other end of the connection. Takes the secret
     * out of the headers, right or wrong.
     *
     * @param headers  the first line of each, names compared without case
     * @param repeated the other lines, names compared without case
     * @param peer     the other end of the connection
     */
    String clientOf(Map<String, String> headers, Map<String, List<String>> repeated, String peer) {
        String given = headers.remove(SECRET_HEADER);
        boolean single = repeated.remove(SECRET_HEADER) == null && !repeated.containsKey(ADDRESS_HEADER);
        String address = headers.get(ADDRESS_HEADER);
        boolean proven =
                given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret) && single;
        return proven && address != null ? address : peer;
    }
}
