package com.books.bookstore.identity;

import java.net.URI;

/** An address to which paths are appended. */
public final class BaseAddress {

    private BaseAddress() {}

    /** The address without slashes at its end. */
    public static String of(URI address) {
        return address.toString().replaceAll("/+$", "");
    }
}
