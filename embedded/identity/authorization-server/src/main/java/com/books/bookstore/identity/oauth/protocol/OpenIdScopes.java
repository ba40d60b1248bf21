package com.books.bookstore.identity.oauth.protocol;

import java.util.List;

/** The scopes of OpenID Connect, which every user may be granted. */
public final class OpenIdScopes {

    /** They decide which facts about the user a client is told. */
    public static final List<String> PROFILE = List.of("openid", "profile", "email", "roles");

    private OpenIdScopes() {}
}
