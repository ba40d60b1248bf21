package com.books.bookstore.it.target;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Deployment;
import com.books.bookstore.it.support.User;
import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.restassured.filter.Filter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.opentest4j.TestAbortedException;

/** A deployment that runs somewhere and is known by what {@link TargetSettings} say of it. Thread-safe. */
final class TargetSystem implements Deployment {

    private static final Duration SPARE = Duration.ofMinutes(1);
    /** Where tokens come from when nothing is said: from the system of {@code ./bookstore up}. */
    private static final String TOKENS_OF_THIS_MACHINE = "./bookstore token";

    /** With these Identity Server lets an administrator see registrations and decide. */
    private static final String APPROVAL_SCOPES = " internal_approval_task_view internal_approval_task_update";

    private final TargetSettings settings;
    private final Optional<KeyStore> trusted;
    private SignInClient signIn;
    private final Map<User, Token> tokens = new EnumMap<>(User.class);

    /** An access token and what it says. */
    record Token(String text, String subject, String email, Set<String> scopes, Instant expires) {}

    TargetSystem(TargetSettings settings) {
        this.settings = settings;
        this.trusted = settings.path("ca").map(TargetSystem::keyStore);
    }

    /** The one that is tested. */
    static TargetSystem required() {
        return BookstoreSystem.deployment()
                .map(TargetSystem.class::cast)
                .orElseThrow(() -> new TestAbortedException("There is no target"));
    }

    TargetSettings settings() {
        return settings;
    }

    /** @throws TargetException if the settings do not say how to sign in */
    synchronized SignInClient signIn() {
        if (signIn == null) {
            signIn = TargetIdentity.client(settings, tls());
        }
        return signIn;
    }

    @Override
    public String apiAddress() {
        return settings.required("api", "the address before /catalog/v1, /orders/v1 ...")
                .replaceFirst("/+$", "");
    }

    /** Whether the address is that of API Manager's gateway. */
    boolean isGateway() {
        return settings.isTrue("gateway");
    }

    @Override
    public Optional<KeyStore> trustedCertificates() {
        return trusted;
    }

    @Override
    public SSLContext tls() {
        try {
            if (trusted.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted.get());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keyStore(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new TargetException("ca is " + pem + ", whose certificates cannot be read");
        }
    }

    @Override
    public Filter filter() {
        return TargetTraces.all();
    }

    @Override
    public void putOnSale(int bookId) {
        TargetTraces.all().book(bookId);
    }

    @Override
    public void ordered(int orderId) {
        TargetTraces.all().order(orderId);
    }

    @Override
    public String token(User user) {
        return required(user).text();
    }

    @Override
    public String email(User user) {
        return required(user).email();
    }

    private Token required(User user) {
        return tokenIfKnown(user).orElseThrow(() -> new TestAbortedException("The target has no user " + user.login()));
    }

    /**
     * @return nothing if the settings do not say where a token of this user could come from
     * @throws TargetException if they do and there is none
     */
    synchronized Optional<Token> tokenIfKnown(User user) {
        Token known = tokens.get(user);
        if (known != null && known.expires().isAfter(Instant.now().plus(SPARE))) {
            return Optional.of(known);
        }
        Optional<Token> fetched = fetch(user.login()).map(text -> parse(user, text));
        fetched.ifPresent(token -> tokens.put(user, token));
        return fetched;
    }

    private static Token parse(User user, String text) {
        try {
            JWTClaimsSet claims = JWTParser.parse(text).getJWTClaimsSet();
            Instant expires = claims.getExpirationTime() == null
                    ? Instant.MAX
                    : claims.getExpirationTime().toInstant();
            String scope = Optional.ofNullable(claims.getStringClaim("scope")).orElse("");
            return new Token(
                    text,
                    claims.getSubject(),
                    claims.getStringClaim("email"),
                    Set.copyOf(Arrays.asList(scope.trim().split("\\s+"))),
                    expires);
        } catch (ParseException e) {
            throw new TargetException("What was given as the token of " + user.login() + " is no JWT");
        }
    }

    private Optional<String> fetch(String login) {
        Optional<String> ready = settings.value("token." + login);
        if (ready.isPresent()) {
            return ready;
        }
        Optional<String> own = settings.value("token." + login + ".command");
        if (own.isPresent()) {
            return Optional.of(run(Arrays.asList(own.get().split("\\s+"))));
        }
        Optional<String> user = settings.value(login + ".user");
        if (user.isPresent()) {
            return Optional.of(signedIn(login, user.get()));
        }
        // Not every deployment has a second customer.
        Optional<String> command = settings.value("token.command")
                .or(() -> TargetIdentity.isKnown(settings) ? Optional.empty() : Optional.of(TOKENS_OF_THIS_MACHINE));
        if (command.isEmpty() || User.OTHER_CUSTOMER.login().equals(login)) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(Arrays.asList(command.get().split("\\s+")));
        words.add(login);
        return Optional.of(run(words));
    }

    private String signedIn(String login, String user) {
        String password = settings.required(login + ".password", "the password of " + user);
        try {
            if (User.ADMIN.login().equals(login) && settings.value("scope").isEmpty()) {
                try {
                    return accessToken(user, password, scopes(login) + APPROVAL_SCOPES);
                } catch (SignInException e) {
                    // Other identity servers have no such scopes, and may refuse unknown ones.
                    if (e.reason() != SignInException.Reason.UNKNOWN_SCOPE) {
                        throw e;
                    }
                }
            }
            return accessToken(user, password, scopes(login));
        } catch (SignInException e) {
            throw new TargetException("The identity server does not sign " + user + " in: " + e.getMessage());
        }
    }

    /** What is asked for; more than their role allows is not granted. */
    private String scopes(String login) {
        return settings.value("scope")
                .orElseGet(
                        () -> "openid email " + String.join(" ", User.of(login).scopes()));
    }

    /** A token for somebody who is none of the tests' users; as a customer. */
    String customersToken(String user, String password) throws SignInException {
        return accessToken(user, password, scopes(User.CUSTOMER.login()));
    }

    private String accessToken(String user, String password, String scopes) throws SignInException {
        return signIn().signIn(user, password, List.of(scopes.trim().split("\\s+")))
                .accessToken();
    }

    private String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(settings.directory().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                // Without its arguments: a password may be among them.
                throw new TargetException("'" + command.get(0) + "', which is to print a token, failed");
            }
            return output;
        } catch (IOException e) {
            throw new TargetException(
                    "'" + command.get(0) + "', which is to print a token, cannot be run in " + settings.directory());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
