package com.books.bookstore.launcher;

import com.books.bookstore.identity.oauth.AuthorizationCodeClient;
import com.books.bookstore.identity.oauth.SignInException;
import com.books.bookstore.runtime.RuntimeStartException;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Signs a user in, with an authorization code and PKCE as a browser would, and prints the access token, for
 * {@code curl -H "Authorization: Bearer $(./bookstore token customer)"}.
 */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Signs a user in and prints the access token.")
final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Parameters(paramLabel = "USER", description = "a user name, such as customer, staff or admin")
    private String user;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "the user's password (default: that of the demo users)")
    private String password = EmbeddedIdentity.DEMO_PASSWORD;

    @Override
    public Integer call() {
        String issuer = RunningSystem.require(data.path()).identity();
        try {
            spec.commandLine().getOut().println(AuthorizationCodeClient
                    .of(URI.create(issuer), data.path().resolve("identity/tls/ca.pem"))
                    .signIn(user, password).accessToken());
            return 0;
        } catch (SignInException | IOException e) {
            throw new RuntimeStartException(e.getMessage(), e);
        }
    }
}
