package com.books.bookstore.identity.oauth.protocol;

import java.util.List;
import java.util.stream.Stream;

/** The scopes of OpenID Connect, which every user may be granted. */
public final class OpenIdScopes {

    /** They decide which facts about the user a client is told. */
    public static final List<String> PROFILE = List.of("openid", "profile", "email", "roles");

    /** Those and {@code offline_access}, which is granted and changes nothing: every sign-in yields a refresh token. */
    public static final List<String> ALL =
            Stream.concat(PROFILE.stream(), Stream.of("offline_access")).toList();

    private OpenIdScopes() {}
}
