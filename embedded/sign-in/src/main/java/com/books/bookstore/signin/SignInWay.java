package com.books.bookstore.signin;

import java.util.Arrays;
import java.util.Optional;

/** How user name and password reach the identity server. */
public enum SignInWay {
    /** Authorization code with PKCE; fills in the sign-in page. */
    FORM("form"),
    /** Authorization code with PKCE and the authentication API of Identity Server 7 ({@code response_mode=direct}). */
    APP_NATIVE("app-native"),
    /** The password grant, for a client that exists for tests only. */
    PASSWORD("password");

    private final String label;

    SignInWay(String label) {
        this.label = label;
    }

    /** The name in settings and on the command line. */
    public String label() {
        return label;
    }

    /** Empty when there is no such way. */
    public static Optional<SignInWay> of(String label) {
        return Arrays.stream(values()).filter(way -> way.label.equals(label)).findFirst();
    }
}
