package com.books.bookstore.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The address of a picture of a book's cover. Immutable. */
public final class CoverImage {

    /** Characters of an address at most. */
    public static final int MAX_LENGTH = 1000;

    private final String url;

    private CoverImage(String url) {
        this.url = url;
    }

    /**
     * Reads an https address of a host, without a name and password in it. Other characters than ASCII are percent-encoded.
     *
     * @return empty if it is not such an address, or too long
     */
    public static Optional<CoverImage> parse(String text) {
        try {
            URI uri = new URI(text);
            String url = uri.toASCIIString();
            boolean usable = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && url.length() <= MAX_LENGTH;
            return usable ? Optional.of(new CoverImage(url)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The address, in ASCII. */
    public String url() {
        return url;
    }

    @Override
    public String toString() {
        return url;
    }
}
