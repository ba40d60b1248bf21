package com.books.bookstore.launcher;

import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.embedded.Settings;
import com.books.bookstore.embedded.StartException;
import com.books.bookstore.identity.kernel.KernelException;
import com.books.bookstore.identity.kernel.KernelOptions;
import com.books.bookstore.identity.kernel.KernelProcess;
import com.books.bookstore.identity.kernel.PasswordPolicy;
import com.books.bookstore.identity.oauth.AuthorizationServer;
import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.books.bookstore.identity.oauth.users.KernelUserDirectory;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The identity server of a development machine, in two processes: WSO2's Carbon kernel with users, SCIM and approvals, and in this
 * JVM the authorization server, which asks the kernel for passwords and roles. Everything is kept below one directory.
 *
 * <p>Thread-safe once started.
 */
public final class EmbeddedIdentity implements AutoCloseable {

    /** The password of the demo users customer, staff and admin. */
    public static final String DEMO_PASSWORD = "Bookstore-1";

    /** The key of confirmation links and of the addresses at which applicants see their registration; kept, so that they stay valid. */
    private static final String STATUS_SECRET = "registration-status.secret";

    private static final String KEEP_DECISIONS = "BOOKSTORE_KEEP_DECISIONS_DAYS";
    /** The registration API reads it too. */
    private static final String PASSWORD_LENGTH = "BOOKSTORE_PASSWORD_MINIMUM_LENGTH";

    private static final String PASSWORD_ITERATIONS = "BOOKSTORE_PASSWORD_ITERATIONS";

    private static final List<String> DEMO_USERS = List.of("customer", "staff", "admin");

    /** Of the client that hands emails about registrations to the shop: the kernel knows it before the authorization server runs. */
    private static final String EMAIL_SECRET = "registration-emails.secret";

    private static final String KERNEL = "kernel";

    private final KernelProcess kernel;
    private final AuthorizationServer authorization;
    private final String statusSecret;

    private EmbeddedIdentity(KernelProcess kernel, AuthorizationServer authorization, String statusSecret) {
        this.kernel = kernel;
        this.authorization = authorization;
        this.statusSecret = statusSecret;
    }

    /**
     * Starts both parts; the first start unpacks the kernel, which takes longer.
     *
     * @param kernelParts what the kernel is assembled from: {@code target/kernel-parts} of its module
     * @param directory   where everything is kept
     * @param port        the HTTPS port of the authorization server, 0 for any free one
     * @param scimPort    the plain HTTP port of SCIM and approvals on the loopback interface, 0 for any free one
     * @param browserPort the plain HTTP port of the authorization server on the loopback interface, for browsers that do not
     *                    trust its certificate; 0 for any free one
     * @param webOrigins  the origins of the storefront, such as {@code http://localhost:8080}
     * @param api         where the shop's APIs will be, which take the emails about registrations
     * @param smtp        the server that emails for forgotten passwords are handed to
     * @param shop        the storefront's address, for links in emails
     * @param first       who is made administrator of a shop without demo users; empty for the demo users
     * @param progress    told what is going on
     * @throws StartException in one line, if a part does not start, or if demo users could sign in who are not to; then
     *                               nothing is left running
     */
    static EmbeddedIdentity start(
            Path kernelParts,
            Path directory,
            int port,
            int scimPort,
            int browserPort,
            List<String> webOrigins,
            URI api,
            SmtpSettings smtp,
            String shop,
            Optional<FirstAdministrator> first,
            Consumer<String> progress) {
        try {
            // The kernel is told the authorization server's address before that server runs.
            int httpsPort = port == 0 ? FreePort.next() : port;
            int keysPort = browserPort == 0 ? FreePort.next() : browserPort;
            Files.createDirectories(directory);
            String emailSecret = PrivateSecret.in(directory.resolve(EMAIL_SECRET));
            KernelOptions options = KernelOptions.of(
                            kernelParts,
                            directory.resolve(KERNEL),
                            scimPort == 0 ? FreePort.next() : scimPort,
                            FreePort.next())
                    .withTokens(new KernelOptions.Tokens(
                            "https://localhost:" + httpsPort + "/oauth2/token",
                            "http://127.0.0.1:" + keysPort + "/oauth2/jwks",
                            "bookstore-api"))
                    .withEmails(new KernelOptions.Emails(
                            api.toString(), "http://127.0.0.1:" + keysPort + "/oauth2/token", emailSecret, shop))
                    .withDecisionsKeptDays(Settings.number(KEEP_DECISIONS, 30, 1, 3650))
                    .withPasswords(passwords())
                    .withPasswordIterations(Settings.number(
                            PASSWORD_ITERATIONS, KernelOptions.Limits.DEFAULT_ITERATIONS, 1_000, 10_000_000))
                    .withProgress(progress);
            KernelProcess kernel =
                    KernelProcess.start(first.map(administrator -> options.withAdministrator(administrator.forKernel()))
                            .orElseGet(() -> options.withDemoUsers(DEMO_PASSWORD)));
            try {
                KernelUserDirectory users = new KernelUserDirectory(
                        kernel.httpUrl(),
                        Files.readString(kernel.internalSecretFile()).strip());
                if (first.isPresent()) {
                    refuseDemoUsers(users);
                }
                ServerSettings.Builder settings = ServerSettings.in(directory)
                        .httpsPort(httpsPort)
                        .httpPort(keysPort)
                        .users(users)
                        .clientSecret(ServerSettings.EMAIL_CLIENT, emailSecret)
                        .ownAccounts(users, new RecoveryEmail(smtp));
                webOrigins.forEach(settings::webOrigin);
                return new EmbeddedIdentity(
                        kernel,
                        AuthorizationServer.start(settings.build()),
                        PrivateSecret.in(directory.resolve(STATUS_SECRET)));
            } catch (IOException | RuntimeException e) {
                kernel.close();
                throw e;
            }
        } catch (IOException | KernelException e) {
            throw new StartException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while the identity server was starting", e);
        }
    }

    /**
     * Stops the kernel that a killed run left behind; it keeps its port and its database for up to half a minute.
     *
     * @param directory as for the start
     * @throws StartException in one line if it does not end
     */
    static void stopEarlier(Path directory, Consumer<String> progress) {
        try {
            KernelProcess.stopEarlier(directory.resolve(KERNEL), progress);
        } catch (KernelException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    /**
     * What passwords need.
     *
     * @throws StartException if the setting is no length
     */
    static PasswordPolicy passwords() {
        return new PasswordPolicy(Settings.number(
                PASSWORD_LENGTH, PasswordPolicy.DEFAULT_MINIMUM_LENGTH, 1, PasswordPolicy.MAXIMUM_LENGTH));
    }

    /** Checks the users themselves, because the data directory may have been copied together from others. */
    private static void refuseDemoUsers(KernelUserDirectory users) {
        for (String name : DEMO_USERS) {
            if (users.authenticate(name, DEMO_PASSWORD).isPresent()) {
                throw new StartException("The demo user " + name + " could sign in with the documented password. Give "
                        + name + " another one, or choose another data directory with --data-dir");
            }
        }
    }

    /** The settings by which the bookstore's CARs find this identity server. */
    public Map<String, String> settings() {
        URI token = authorization.httpAddress().orElseThrow().resolve("/oauth2/token");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("BOOKSTORE_TOKEN_ISSUER", authorization.issuer().toString());
        settings.put("BOOKSTORE_TOKEN_AUDIENCE", "bookstore-api");
        settings.put("BOOKSTORE_JWKS_URL", authorization.jwksUri().toString());
        settings.put("BOOKSTORE_TOKEN_URL", token.toString());
        settings.put("BOOKSTORE_SCIM_URL", scimAddress().toString());
        settings.put("BOOKSTORE_APPROVALS_URL", kernel.httpUrl() + "/api/users/v2/me/approval-tasks");
        settings.put("BOOKSTORE_WORKFLOW_INSTANCES_URL", kernel.httpUrl() + "/api/server/v1/workflow-instances");
        settings.put("BOOKSTORE_REGISTRATION_CLIENT_ID", ServerSettings.REGISTRATION_CLIENT);
        settings.put(
                "BOOKSTORE_REGISTRATION_CLIENT_SECRET", authorization.clientSecret(ServerSettings.REGISTRATION_CLIENT));
        settings.put("BOOKSTORE_REGISTRATION_SECRET", statusSecret);
        return settings;
    }

    /** The {@code iss} of the tokens, below which the OAuth addresses lie. */
    public URI issuer() {
        return authorization.issuer();
    }

    /** Where browsers reach the same addresses over plain HTTP, on this machine only, such as {@code http://localhost:9764}. */
    public URI browserAddress() {
        return URI.create(
                "http://localhost:" + authorization.httpAddress().orElseThrow().getPort());
    }

    /** The certificate that clients of {@link #issuer()} must trust, in PEM. */
    public Path caCertificate() {
        return authorization.caCertificate();
    }

    public URI scimAddress() {
        return URI.create(kernel.httpUrl() + "/scim2");
    }

    @Override
    public void close() {
        authorization.close();
        kernel.close();
    }
}
