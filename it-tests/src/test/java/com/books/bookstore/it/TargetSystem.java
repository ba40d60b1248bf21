package com.books.bookstore.it;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.opentest4j.TestAbortedException;

/**
 * A deployment that runs somewhere and is known by its address only, from the system property {@code bookstore.target}: the address of its
 * APIs, or a file with the properties that docs/deployment.md describes. Thread-safe.
 */
final class TargetSystem {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SPARE = Duration.ofMinutes(1);

    private static final Optional<TargetSystem> CONFIGURED = Optional.ofNullable(System.getProperty("bookstore.target")).map(TargetSystem::read);

    private final Properties properties;
    private final Path directory;
    private final Optional<KeyStore> trusted;
    private final Map<User, Token> tokens = new EnumMap<>(User.class);

    private record Token(String text, String email, Instant expires) { }

    private TargetSystem(Properties properties, Path directory) {
        this.properties = properties;
        this.directory = directory;
        this.trusted = value("ca").map(file -> keyStore(directory.resolve(file)));
    }

    /** Nothing when the tests start a system of their own. */
    static Optional<TargetSystem> configured() {
        return CONFIGURED;
    }

    private static TargetSystem read(String target) {
        Properties properties = new Properties();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            properties.setProperty("api", target);
            properties.setProperty("token.command", "./bookstore token");
            return new TargetSystem(properties, BookstoreSystem.PROJECT);
        }
        Path file = Path.of(target).toAbsolutePath();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the description of the target, " + file, e);
        }
        return new TargetSystem(properties, file.getParent());
    }

    /** A property; {@code env:NAME} stands for an environment variable, so that secrets need not be in the file. */
    private Optional<String> value(String name) {
        String value = properties.getProperty(name, "").trim();
        if (value.startsWith("env:")) {
            String resolved = System.getenv(value.substring(4));
            if (resolved == null) {
                throw new IllegalStateException("The target's " + name + " comes from the environment variable " + value.substring(4) + ", which is not set");
            }
            value = resolved;
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private String required(String name) {
        return value(name).orElseThrow(() -> new IllegalStateException("The description of the target lacks " + name));
    }

    String apiAddress() {
        return required("api").replaceFirst("/+$", "");
    }

    /** The certificates that the target's are signed with, if they are not among those that Java trusts. */
    Optional<KeyStore> trustedCertificates() {
        return trusted;
    }

    SSLContext tls() {
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
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the certificates in " + pem, e);
        }
    }

    /** @throws TestAbortedException if the target has no such user, which leaves the test out */
    String token(User user) {
        return valid(user).text();
    }

    /** As the user's token says. */
    String email(User user) {
        return valid(user).email();
    }

    private synchronized Token valid(User user) {
        Token token = tokens.get(user);
        if (token == null || token.expires().isBefore(Instant.now().plus(SPARE))) {
            token = parse(user, fetch(user.login()));
            tokens.put(user, token);
        }
        return token;
    }

    private static Token parse(User user, String text) {
        try {
            JWTClaimsSet claims = JWTParser.parse(text).getJWTClaimsSet();
            Instant expires = claims.getExpirationTime() == null ? Instant.MAX : claims.getExpirationTime().toInstant();
            return new Token(text, claims.getStringClaim("email"), expires);
        } catch (ParseException e) {
            throw new IllegalStateException("What the target gave as the token of " + user + " is no JWT");
        }
    }

    private String fetch(String login) {
        Optional<String> ready = value("token." + login);
        if (ready.isPresent()) {
            return ready.get();
        }
        Optional<String> own = value("token." + login + ".command");
        if (own.isPresent()) {
            return run(Arrays.asList(own.get().split("\\s+")));
        }
        if (value(login + ".user").isPresent()) {
            return passwordGrant(login);
        }
        Optional<String> command = value("token.command");
        // The second customer is nobody that every deployment has.
        if (command.isEmpty() || User.OTHER_CUSTOMER.login().equals(login)) {
            throw new TestAbortedException("The target has no user " + login);
        }
        List<String> words = new ArrayList<>(Arrays.asList(command.get().split("\\s+")));
        words.add(login);
        return run(words);
    }

    private String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("'" + command.get(0) + "', which is to print a token, failed");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("'" + command.get(0) + "', which is to print a token, cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Identity Server has to allow the client this grant; it is for tests. */
    private String passwordGrant(String login) {
        String form = "grant_type=password&username=" + encode(required(login + ".user")) + "&password=" + encode(required(login + ".password"))
                + "&scope=" + encode(value("scope").orElse("openid email " + String.join(" ", TestIdentityProvider.scopesOf(User.of(login)))));
        String client = Base64.getEncoder().encodeToString((required("client.id") + ":" + required("client.secret")).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(required("token.url"))).timeout(PATIENCE)
                .header("Authorization", "Basic " + client).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder().sslContext(tls()).build().send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The target's token endpoint answered " + response.statusCode() + " for " + login);
            }
            return new JsonMapper().readTree(response.body()).required("access_token").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException("The target's token endpoint cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
