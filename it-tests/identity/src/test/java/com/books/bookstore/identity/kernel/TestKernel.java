package com.books.bookstore.identity.kernel;

import com.books.bookstore.embedded.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import javax.mail.internet.MimeMessage;

/** One kernel for all tests of a run, with an OAuth server that only has keys, and a mail server. */
final class TestKernel {

    static final String DEMO_PASSWORD = "Demo-pass-1";

    private static final String MAIL_USER = "bookstore";
    private static final String MAIL_PASSWORD = "sm<tp> & \"password\"";
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String ISSUER = "https://issuer.test/oauth2/token";
    private static final Path PARTS = Path.of(System.getProperty("bookstore.kernel.parts"));
    static final Path HOME = Path.of(System.getProperty("bookstore.kernel.home"));

    private static TestKernel running;

    private final List<MimeMessage> receivedBefore = new ArrayList<>();
    private final int mailPort;
    private GreenMail mails;
    final RSAKey key;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KernelOptions options;
    private KernelProcess process;

    private TestKernel() throws IOException, JOSEException, KernelException, InterruptedException {
        deleteTree(HOME);
        Path parts = partsWithControl();
        mails = mailServer(0);
        mailPort = mails.getSmtp().getPort();
        key = new RSAKeyGenerator(2048).keyID("test").generate();
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        keys.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        keys.start();
        options = KernelOptions.of(parts, HOME, FreePort.next(), FreePort.next())
                .withAdminPassword(null)
                .withLimits(
                        new KernelOptions.Limits(1_000, 30, new PasswordPolicy(PasswordPolicy.DEFAULT_MINIMUM_LENGTH)))
                .withDemoUsers(DEMO_PASSWORD)
                .withAdministrator(new KernelOptions.Administrator("nobody", "nobody@books.com", () -> {
                    throw new IllegalStateException("There are administrators already");
                }))
                .withTokens(new KernelOptions.Tokens(
                        ISSUER, "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks", "bookstore-api"))
                .withMail(new KernelOptions.Mail(
                        "127.0.0.1", mailPort, "no-reply@books.com", MAIL_USER, MAIL_PASSWORD, false))
                .withProgress(System.out::println);
        // A machine whose language has other small letters for I: names and configuration must not notice.
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            process = KernelProcess.start(options);
        } finally {
            Locale.setDefault(before);
        }
        createSecondApprover();
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The files that the build has made, and the bundle by which tests take the extension out. */
    private static Path partsWithControl() throws IOException {
        Path copy = HOME.resolveSibling("test-parts");
        deleteTree(copy);
        try (Stream<Path> files = Files.walk(PARTS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = copy.resolve(PARTS.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
        ExtensionControl.writeBundle(copy.resolve("server/repository/components/dropins/extension-control-1.0.0.jar"));
        return copy;
    }

    static synchronized TestKernel get() throws Exception {
        if (running == null) {
            running = new TestKernel();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                running.process.close();
                running.mails.stop();
            }));
        }
        return running;
    }

    private void createSecondApprover() throws IOException, InterruptedException, KernelException {
        new KernelClient(process.httpUrl(), process.administratorPassword())
                .ensureUser("approver2", DEMO_PASSWORD, "bookstore-admin");
    }

    private static GreenMail mailServer(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        // It refuses whoever signs in with another password.
        server.setUser(MAIL_USER, MAIL_PASSWORD);
        server.start();
        return server;
    }

    int httpPort() {
        return process.httpUrl().getPort();
    }

    void stopMailServer() {
        mails.stop();
        receivedBefore.addAll(List.of(mails.getReceivedMessages()));
    }

    /** At the address that it had before. */
    void startMailServer() {
        mails = mailServer(mailPort);
    }

    /** All mails ever received. */
    List<MimeMessage> mails() {
        List<MimeMessage> all = new ArrayList<>(receivedBefore);
        all.addAll(List.of(mails.getReceivedMessages()));
        return all;
    }

    /** Kills the kernel without a word, runs what is to happen meanwhile, and starts it again. */
    void crash(Meanwhile meanwhile) throws Exception {
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        process.close();
        meanwhile.run();
        process = KernelProcess.start(options);
    }

    /** Takes the extension out of the running kernel, puts it in again, or changes one of its settings. */
    void extension(String command) throws IOException {
        ExtensionControl.send(HOME, command);
    }

    int mailPort() {
        return mailPort;
    }

    /** Changes the identity database of a kernel that does not run, with the database program that it brings along. */
    void sql(String statements) throws Exception {
        sql("WSO2IDENTITY_DB", statements);
    }

    /** @return what the database program prints */
    String sql(String database, String statements) throws Exception {
        Path program;
        try (Stream<Path> bundles = Files.list(HOME.resolve("repository/components/plugins"))) {
            program = bundles.filter(file -> file.getFileName().toString().startsWith("h2-engine_"))
                    .findFirst()
                    .orElseThrow();
        }
        Process shell = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        program.toString(),
                        "org.h2.tools.Shell",
                        "-url",
                        "jdbc:h2:"
                                + HOME.resolve("repository/database")
                                        .resolve(database)
                                        .toAbsolutePath(),
                        "-user",
                        "wso2carbon",
                        "-password",
                        "wso2carbon",
                        "-sql",
                        statements)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (shell.waitFor() != 0 || said.contains("Exception")) {
            throw new IllegalStateException(said);
        }
        return said;
    }

    interface Meanwhile {
        void run() throws Exception;
    }

    KernelProcess process() {
        return process;
    }

    /** A token of the sign-up client, as it gets by its client credentials. */
    String signUpToken() throws JOSEException {
        return token("bookstore-registration", "bookstore-registration", "internal_user_mgt_create");
    }

    String token(String subject, String client, String scope) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("test")
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(subject)
                        .audience("bookstore-api")
                        .claim("client_id", client)
                        .claim("scope", scope)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    /** A token of a user, as the storefront gets it. */
    String userToken(String userName, String scope) throws Exception {
        return token(id(userName), "bookstore-web", scope);
    }

    /** The id of a user. */
    String id(String userName) throws Exception {
        return call("GET", "/scim2/Users?filter=userName%20eq%20%22" + userName + "%22", administrator(), null)
                .json()
                .at("/Resources/0/id")
                .asText();
    }

    /** What the OAuth server asks about a user it knows. */
    Answer state(String id) throws Exception {
        return call(
                "GET",
                "/internal/users/" + id,
                null,
                null,
                "X-Bookstore-Secret",
                Files.readString(process.internalSecretFile()));
    }

    /** Registers through SCIM as a customer does. */
    Answer signUp(String name, String password, String mail) throws Exception {
        return call("POST", "/scim2/Users", "Bearer " + signUpToken(), user(name, password, mail));
    }

    static String user(String name, String password, String mail) {
        return JSON.createObjectNode()
                .put("userName", name)
                .put("password", password)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "schemas", JSON.createArrayNode().add("urn:ietf:params:scim:schemas:core:2.0:User"))
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "name",
                        JSON.createObjectNode().put("givenName", "Given").put("familyName", "Family"))
                .set(
                        "emails",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("value", mail).put("primary", true)))
                .toString();
    }

    /** Id of the task that waits for a user name, as an approver finds it. */
    String task(String userName) throws Exception {
        for (JsonNode task : call(
                        "GET", "/api/users/v2/me/approval-tasks?status=READY,RESERVED&limit=100", basic("admin"), null)
                .json()) {
            JsonNode detail = call(
                            "GET",
                            "/api/users/v2/me/approval-tasks/" + task.path("id").asText(),
                            basic("admin"),
                            null)
                    .json();
            for (JsonNode property : detail.path("properties")) {
                if ("Username".equals(property.path("key").asText())
                        && userName.equals(property.path("value").asText())) {
                    return task.path("id").asText();
                }
            }
        }
        throw new AssertionError("No task waits for " + userName);
    }

    Answer decide(String approver, String task, String state) throws Exception {
        return call("PUT", "/api/users/v2/me/approval-tasks/" + task + "/state", basic(approver), state);
    }

    /** What the OAuth server asks when somebody signs in. */
    Answer signIn(String name, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(process.httpUrl().resolve("/internal/authenticate"))
                .header("X-Bookstore-Secret", Files.readString(process.internalSecretFile()))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                        .put("userName", name)
                        .put("password", password)
                        .toString()))
                .build();
        return new Answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    String administrator() {
        return basic(process.administrator(), process.administratorPassword());
    }

    static String basic(String user) {
        return basic(user, DEMO_PASSWORD);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** @param headers names and values of further ones */
    Answer call(String method, String path, String authorization, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(process.httpUrl() + path))
                .header("Content-Type", "application/scim+json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** An answer, with its body as text and as JSON. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }
}
