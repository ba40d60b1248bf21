package com.books.bookstore.identity.kernel;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How to run the identity kernel.
 *
 * @param parts         directory with the parts gathered by the build ({@code target/kernel-parts} of this module)
 * @param home          directory of the server and all its state; made on first start
 * @param httpPort      port for plain HTTP on 127.0.0.1
 * @param httpsPort     port for HTTPS on 127.0.0.1
 * @param adminPassword password of the server's own administrator, or null to generate one on first start; only a first
 *                      start takes it
 * @param demoPassword  password of the demo users customer, staff and admin, or null for no demo users
 * @param administrator who is made an administrator of the bookstore while there is none, or null for none
 * @param tokens        the OAuth server whose tokens are accepted, or null for passwords only
 * @param emails        who takes the emails about registrations, or null for no emails
 * @param limits        what passwords need, how strongly they are hashed, and how long decisions are kept
 * @param progress      told in short sentences what is going on
 */
public record KernelOptions(
        Path parts,
        Path home,
        int httpPort,
        int httpsPort,
        String adminPassword,
        String demoPassword,
        Administrator administrator,
        Tokens tokens,
        Emails emails,
        Limits limits,
        Consumer<String> progress) {

    /** Environment variable with the administrator's password. */
    public static final String ADMIN_PASSWORD_VARIABLE = "BOOKSTORE_IDENTITY_ADMIN_PASSWORD";

    /**
     * An administrator of the bookstore, as opposed to the server's own.
     *
     * @param password asked for only when the user is made
     */
    public record Administrator(String userName, String mail, Supplier<String> password) {}

    /** The OAuth server: its {@code iss}, the address of its keys, and the {@code aud} to demand (null for any). */
    public record Tokens(String issuer, String jwksUrl, String audience) {}

    /**
     * The shop that takes the emails about registrations.
     *
     * @param api          the address of its APIs
     * @param tokenUrl     where tokens for it are issued
     * @param clientSecret the secret of {@code bookstore-emails}
     * @param shop         the storefront's address, for links
     */
    public record Emails(String api, String tokenUrl, String clientSecret, String shop) {

        /** Without the secret. */
        @Override
        public String toString() {
            return api;
        }
    }

    /**
     * Numbers that matter to users' data.
     *
     * @param passwordIterations iterations of PBKDF2 for new passwords; stored ones keep their own number
     * @param decisionsKeptDays  for how many days decided registrations, and the log files that name them, are kept
     * @param passwords          what new passwords need
     */
    public record Limits(int passwordIterations, int decisionsKeptDays, PasswordPolicy passwords) {

        /** As many as OWASP asks for with PBKDF2-HMAC-SHA512. */
        public static final int DEFAULT_ITERATIONS = 210_000;

        /** A month, and the default iterations. */
        static final Limits DEFAULT =
                new Limits(DEFAULT_ITERATIONS, 30, new PasswordPolicy(PasswordPolicy.DEFAULT_MINIMUM_LENGTH));
    }

    public KernelOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(parts, "parts");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(progress, "progress");
    }

    /** A kernel with passwords only, no emails and no demo users, whose administrator's password is generated. */
    public static KernelOptions of(Path parts, Path home, int httpPort, int httpsPort) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                System.getenv(ADMIN_PASSWORD_VARIABLE),
                null,
                null,
                null,
                null,
                Limits.DEFAULT,
                sentence -> {});
    }

    public KernelOptions withDemoUsers(String password) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                adminPassword,
                password,
                administrator,
                tokens,
                emails,
                limits,
                progress);
    }

    public KernelOptions withAdministrator(Administrator first) {
        return new KernelOptions(
                parts, home, httpPort, httpsPort, adminPassword, demoPassword, first, tokens, emails, limits, progress);
    }

    public KernelOptions withTokens(Tokens accepted) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                adminPassword,
                demoPassword,
                administrator,
                accepted,
                emails,
                limits,
                progress);
    }

    public KernelOptions withEmails(Emails taker) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                adminPassword,
                demoPassword,
                administrator,
                tokens,
                taker,
                limits,
                progress);
    }

    public KernelOptions withDecisionsKeptDays(int days) {
        return withLimits(new Limits(limits.passwordIterations(), days, limits.passwords()));
    }

    public KernelOptions withPasswords(PasswordPolicy policy) {
        return withLimits(new Limits(limits.passwordIterations(), limits.decisionsKeptDays(), policy));
    }

    /** Fewer iterations than the default are for tests only. */
    public KernelOptions withPasswordIterations(int iterations) {
        return withLimits(new Limits(iterations, limits.decisionsKeptDays(), limits.passwords()));
    }

    private KernelOptions withLimits(Limits numbers) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                adminPassword,
                demoPassword,
                administrator,
                tokens,
                emails,
                numbers,
                progress);
    }

    public KernelOptions withProgress(Consumer<String> listener) {
        return new KernelOptions(
                parts,
                home,
                httpPort,
                httpsPort,
                adminPassword,
                demoPassword,
                administrator,
                tokens,
                emails,
                limits,
                listener);
    }

    Optional<Tokens> acceptedTokens() {
        return Optional.ofNullable(tokens);
    }
}
