package com.books.bookstore.identity.oauth.signin;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a browser session and its tokens remember of a sign-in: the user's id, when the password was checked and the user's stamp at
 * that moment. All else is asked of the user store. Kept in types that Spring can store.
 */
public final class SignIn {

    private static final String STAMP = "STAMP_";

    private SignIn() {}

    static UsernamePasswordAuthenticationToken of(DirectoryUser user, Instant now) {
        return UsernamePasswordAuthenticationToken.authenticated(
                user.id(),
                null,
                List.of(
                        FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)
                                .issuedAt(now)
                                .build(),
                        new SimpleGrantedAuthority(STAMP + user.stamp())));
    }

    /** When the password was checked; empty when this is not a sign-in of a user. */
    public static Optional<Instant> time(Authentication signIn) {
        return authorities(signIn)
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(factor -> ((FactorGrantedAuthority) factor).getIssuedAt())
                .findFirst();
    }

    static Optional<String> stamp(Authentication signIn) {
        return authorities(signIn)
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(STAMP))
                .map(authority -> authority.substring(STAMP.length()))
                .findFirst();
    }

    private static Stream<? extends GrantedAuthority> authorities(Authentication signIn) {
        return signIn == null ? Stream.empty() : signIn.getAuthorities().stream();
    }
}
