package com.books.bookstore.it.target;

import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInWay;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** What {@link TargetSettings} say about the identity server of a target. */
final class TargetIdentity {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private TargetIdentity() {}

    /** Whether the settings name an identity server at all. */
    static boolean isKnown(TargetSettings settings) {
        return settings.value("identity").isPresent()
                || settings.value("token.url").isPresent();
    }

    /** @throws TargetException if the settings do not say how to sign in */
    static SignInClient client(TargetSettings settings, SSLContext tls) {
        SignInWay way = way(settings);
        Optional<URI> tokenEndpoint = settings.value("token.url").map(URI::create);
        SignInClient.Builder client = way == SignInWay.PASSWORD && tokenEndpoint.isPresent()
                ? SignInClient.atTokenEndpoint(tokenEndpoint.get())
                : SignInClient.at(URI.create(settings.required(
                                "identity", "the issuer, such as https://is.example.com:9443/oauth2/token")))
                        .tokenEndpoint(tokenEndpoint.orElse(null));
        settings.value("client.secret").ifPresent(client::clientSecret);
        settings.value("redirect.uri").map(URI::create).ifPresent(client::redirectUri);
        return client.way(way)
                .client(settings.required("client.id", "the application that the tests sign users in with"))
                .trusting(tls)
                .timeout(TIMEOUT)
                .build();
    }

    private static SignInWay way(TargetSettings settings) {
        String label = settings.value("sign-in")
                .orElse((settings.value("identity").isPresent() ? SignInWay.FORM : SignInWay.PASSWORD).label());
        return SignInWay.of(label)
                .orElseThrow(() -> new TargetException("sign-in is " + label + "; it can be "
                        + Arrays.stream(SignInWay.values())
                                .map(SignInWay::label)
                                .collect(Collectors.joining(", "))));
    }
}
