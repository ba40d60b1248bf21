package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup
    private Password password = new Password();

    /** Where the password is; nowhere for the demo users. */
    static final class Password {

        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description = "the user's password (default: that of the demo users)")
        private String text;

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "a file with the password in its first line")
        private Path file;
    }

    @Override
    public Integer call() {
        String issuer = RunningSystem.require(data.path()).identity();
        String secret = password();
        try {
            spec.commandLine()
                    .getOut()
                    .println(SignInClient.at(URI.create(issuer))
                            .trusting(data.path().resolve("identity/tls/ca.pem"))
                            .build()
                            .signIn(user, secret)
                            .accessToken());
            return 0;
        } catch (SignInException | IOException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private String password() {
        if (password.text != null) {
            return password.text;
        }
        if (password.file != null) {
            try {
                return Files.readString(password.file).lines().findFirst().orElse("");
            } catch (IOException e) {
                throw new StartException("Cannot read " + password.file, e);
            }
        }
        if (!data.isDemo()) {
            throw new StartException(
                    "There are no demo users here: give the password with --password-file or --password");
        }
        return EmbeddedIdentity.DEMO_PASSWORD;
    }
}
