package com.books.bookstore.identity.kernel;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.RunningBookstore;
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
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.mail.internet.MimeMessage;

/**
 * The kernel of one bookstore without demo users, for all tests of a run, with a mail server that tests stop. {@code NoDemoIT} finds it
 * new. Tests of the kernel itself add users.
 */
public final class TestKernel {

    static final String DEMO_PASSWORD = "Demo-pass-1";

    private static final String MAIL_USER = "bookstore";
    private static final String MAIL_PASSWORD = "sm<tp> & \"password\"";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PARTS = Path.of(System.getProperty("bookstore.kernel.parts"));
    private static final Path DATA = Path.of(System.getProperty("bookstore.data"));
    static final Path HOME = DATA.resolve("identity/kernel");
    private static final Pattern HTTPS_PORT =
            Pattern.compile("\\[transport\\.https\\.properties]\\s+port = \"(\\d+)\"");

    private static TestKernel running;

    private final List<MimeMessage> receivedBefore = new ArrayList<>();
    private final RunningBookstore bookstore;
    private final int mailPort;
    private GreenMail mails;
    final RSAKey key;
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean hasUsers;

    private TestKernel() throws IOException, ParseException {
        deleteTree(DATA);
        mails = mailServer(0);
        mailPort = mails.getSmtp().getPort();
        Map<String, String> settings = new HashMap<>();
        settings.put("bookstore.home", homeWithControl().toString());
        // A machine whose language has other small letters for I: names and configuration must not notice.
        settings.put("user.language", "tr");
        settings.put("user.country", "TR");
        // The address admin@books.com is that of a user of the tests.
        settings.put("BOOKSTORE_ADMIN_MAIL", "administrator@books.com");
        settings.put("BOOKSTORE_MAIL_RETRY_SECONDS", "1");
        settings.put("BOOKSTORE_MAIL_RETRY_MAX_SECONDS", "5");
        settings.put("BOOKSTORE_SMTP_HOST", "127.0.0.1");
        settings.put("BOOKSTORE_SMTP_PORT", Integer.toString(mailPort));
        settings.put("BOOKSTORE_SMTP_USER", MAIL_USER);
        settings.put("BOOKSTORE_SMTP_PASSWORD", MAIL_PASSWORD);
        bookstore = RunningBookstore.start(DATA, settings, "--no-demo");
        key = JWKSet.load(DATA.resolve("identity/signing-keys.json").toFile())
                .getKeys()
                .get(0)
                .toRSAKey();
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

    /** What the launcher looks for in a checkout, and in the kernel the bundle by which tests take the extension out. */
    private static Path homeWithControl() throws IOException {
        Path home = DATA.resolveSibling("home");
        deleteTree(home);
        Path parts = home.resolve("embedded/identity/kernel/target/kernel-parts");
        link(PARTS, parts);
        ExtensionControl.writeBundle(parts.resolve("server/repository/components/dropins/extension-control-1.0.0.jar"));
        try (Stream<Path> files = Files.walk(Checkout.DIRECTORY.resolve("carbon-apps"), 3)) {
            for (Path car :
                    files.filter(file -> file.toString().endsWith(".car")).toList()) {
                link(car, home.resolve(Checkout.DIRECTORY.relativize(car).toString()));
            }
        }
        return home;
    }

    private static void link(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path link = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(link);
                } else {
                    Files.createDirectories(link.toAbsolutePath().getParent());
                    Files.createLink(link, file);
                }
            }
        }
    }

    /** The bookstore as it has been started; it has users of the tests only if {@link #get()} was called before. */
    public static synchronized RunningBookstore bookstore() throws Exception {
        return started().bookstore;
    }

    private static TestKernel started() throws Exception {
        if (running == null) {
            running = new TestKernel();
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
        }
        return running;
    }

    static synchronized TestKernel get() throws Exception {
        TestKernel kernel = started();
        if (!kernel.hasUsers) {
            kernel.createUsers();
            kernel.hasUsers = true;
        }
        return kernel;
    }

    private void stop() {
        try {
            bookstore.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mails.stop();
    }

    private void createUsers() throws IOException, InterruptedException, KernelException {
        KernelClient client = new KernelClient(httpUrl(), administratorPassword());
        client.ensureUser("customer", DEMO_PASSWORD, "bookstore-customer");
        client.ensureUser("staff", DEMO_PASSWORD, "bookstore-staff");
        client.ensureUser("admin", DEMO_PASSWORD, "bookstore-admin");
        client.ensureUser("approver2", DEMO_PASSWORD, "bookstore-admin");
    }

    private static GreenMail mailServer(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        // It refuses users who sign in with another password.
        server.setUser(MAIL_USER, MAIL_PASSWORD);
        server.start();
        return server;
    }

    int httpPort() {
        return httpUrl().getPort();
    }

    void stopMailServer() {
        mails.stop();
        receivedBefore.addAll(List.of(mails.getReceivedMessages()));
    }

    /** At the address that it had before. */
    void startMailServer() {
        mails = mailServer(mailPort);
    }

    /** All emails ever received. */
    List<MimeMessage> mails() {
        List<MimeMessage> all = new ArrayList<>(receivedBefore);
        all.addAll(List.of(mails.getReceivedMessages()));
        return all;
    }

    /** Kills the bookstore with its kernel without a word, runs what is to happen meanwhile, and starts it again. */
    void crash(Meanwhile meanwhile) throws Exception {
        bookstore.kill();
        meanwhile.run();
        bookstore.startAgain();
    }

    /** Takes the extension out of the running kernel, puts it in again, or changes one of its settings. */
    void extension(String command) throws IOException {
        ExtensionControl.send(HOME, command);
    }

    /** Starts it again with another setting. */
    void restartExtension(String setting) throws IOException {
        extension("stop");
        extension(setting);
        extension("start");
        extension("one-association");
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

    /** Of SCIM and approvals. */
    URI httpUrl() {
        return URI.create(bookstore.address("scim").toString().replaceFirst("/scim2$", ""));
    }

    URI httpsUrl() throws IOException {
        Matcher port = HTTPS_PORT.matcher(Files.readString(HOME.resolve("repository/conf/deployment.toml")));
        if (!port.find()) {
            throw new IllegalStateException("The kernel's configuration has no HTTPS port");
        }
        return URI.create("https://localhost:" + port.group(1));
    }

    /** Of HTTPS, in PEM. */
    Path certificate() {
        return KeyStores.certificate(HOME);
    }

    Path internalSecretFile() {
        return Secrets.internalSecretFile(HOME);
    }

    String administratorPassword() throws IOException {
        return Secrets.of(HOME, null).adminPassword();
    }

    String issuer() {
        return bookstore.identity().toString();
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
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
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
                Files.readString(internalSecretFile()));
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
        HttpRequest request = HttpRequest.newBuilder(httpUrl().resolve("/internal/authenticate"))
                .header("X-Bookstore-Secret", Files.readString(internalSecretFile()))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                        .put("userName", name)
                        .put("password", password)
                        .toString()))
                .build();
        return new Answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    String administrator() throws IOException {
        return basic(Secrets.ADMINISTRATOR, administratorPassword());
    }

    static String basic(String user) {
        return basic(user, DEMO_PASSWORD);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** @param headers names and values of further ones */
    Answer call(String method, String path, String authorization, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(httpUrl().resolve(path))
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
