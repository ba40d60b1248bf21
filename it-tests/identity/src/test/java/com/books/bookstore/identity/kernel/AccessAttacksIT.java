package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the user store's doors: access that was taken away, guessed passwords, tokens for something else. */
@Tag("attack")
class AccessAttacksIT {

    private static final String PASSWORD = "Attack-pass-1";
    private static final String ME = "/scim2/Me";
    private static final String NEW_PASSWORD =
            patch("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"Stolen-pass-2\"}");

    private static TestKernel kernel;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    @Test
    @DisplayName("A deactivated administrator neither lists nor decides registrations, by password or by token")
    void deactivatedAdministrator() throws Exception {
        String id = user("aa-former-admin");
        join("bookstore-admin", id);
        String token = "Bearer " + kernel.token(id, "bookstore-web", "registrations:approve internal_user_mgt_list");
        assertThat(kernel.call("GET", "/api/users/v2/me/approval-tasks", token, null)
                        .status())
                .isEqualTo(200);

        deactivate(id);

        for (String credentials : List.of(token, TestKernel.basic("aa-former-admin", PASSWORD))) {
            assertThat(kernel.call("GET", "/api/users/v2/me/approval-tasks", credentials, null)
                            .status())
                    .isEqualTo(401);
            assertThat(kernel.call("GET", "/scim2/Users", credentials, null).status())
                    .isEqualTo(401);
            assertThat(kernel.call("GET", "/api/server/v1/workflow-instances", credentials, null)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    @DisplayName("A deactivated user cannot activate the account again")
    void reactivation() throws Exception {
        String id = user("aa-returning");
        deactivate(id);
        String activate = patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");

        assertThat(kernel.call("PATCH", ME, TestKernel.basic("aa-returning", PASSWORD), activate)
                        .status())
                .isEqualTo(401);
        assertThat(kernel.call("PATCH", ME, "Bearer " + kernel.token(id, "bookstore-web", "internal_login"), activate)
                        .status())
                .isEqualTo(401);
        assertThat(kernel.state(id).json().path("active").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("A deleted user's token opens nothing, and nothing opens for a new user of the same name")
    void deletedUser() throws Exception {
        String id = user("aa-deleted");
        String byId = "Bearer " + kernel.token(id, "bookstore-web", "internal_login");
        String byName = "Bearer " + kernel.token("aa-deleted", "bookstore-web", "internal_login");
        kernel.call("DELETE", "/scim2/Users/" + id, kernel.administrator(), null);

        assertThat(kernel.call("GET", ME, byId, null).status()).isEqualTo(401);
        assertThat(kernel.state(id).status()).isEqualTo(404);
        user("aa-deleted");
        assertThat(kernel.call("GET", ME, byId, null).status()).isEqualTo(401);
        assertThat(kernel.call("GET", ME, byName, null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"password", "role", "email", "state", "none"})
    @DisplayName("The stamp of a user changes with password, roles, email and state, and only then")
    void stamp(String change) throws Exception {
        String id = user("aa-stamp-" + change);
        String before = kernel.state(id).json().path("stamp").asText();
        switch (change) {
            case "password" -> change(id, "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"Another-pass-2\"}");
            case "role" -> join("bookstore-staff", id);
            case "email" ->
                change(
                        id,
                        "{\"op\":\"replace\",\"path\":\"emails\",\"value\":[{\"value\":\"aa-other@example.com\",\"primary\":true}]}");
            case "state" -> deactivate(id);
            default -> change(id, "{\"op\":\"replace\",\"path\":\"nickName\",\"value\":\"N\"}");
        }

        Answer after = kernel.state(id);

        assertThat(before).hasSize(64);
        assertThat(after.json().path("stamp").asText().equals(before)).isEqualTo("none".equals(change));
        assertThat(after.json().path("id").asText()).isEqualTo(id);
        assertThat(after.body()).doesNotContain("PASSWORD").doesNotContain(PASSWORD);
    }

    @Test
    @DisplayName("What the authorization server asks is answered to holders of the secret only")
    void internalDoors() throws Exception {
        String id = user("aa-internal");

        assertThat(kernel.call("GET", "/internal/users/" + id, null, null).status())
                .isEqualTo(403);
        assertThat(kernel.call(
                                "GET",
                                "/internal/users/" + id,
                                kernel.administrator(),
                                null,
                                "X-Bookstore-Secret",
                                "guess")
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("POST", "/internal/authenticate", null, "{\"userName\":\"admin\",\"password\":\"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(kernel.state("").status()).isEqualTo(404);
        assertThat(kernel.state("aa-internal").status()).as("a name is no id").isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "at+jwt, bookstore-api, orders:read, 403",
        "at+jwt, bookstore-api, '', 403",
        "at+jwt, other-api, internal_login, 401",
        "at+jwt, bookstore-web, internal_login, 401",
        "JWT, bookstore-api, internal_login, 401",
        "'', bookstore-api, internal_login, 401",
        "id+jwt, bookstore-api, internal_login, 401"
    })
    @DisplayName(
            "/Me takes access tokens for this API with the right scope: no ID token, no other API's, no other scope's")
    void tokensForSomethingElse(String type, String audience, String scope, int status) throws Exception {
        String id = user("aa-token-" + Integer.toHexString((type + audience + scope).hashCode()));
        String token = "Bearer " + token(id, type, audience, scope, Instant.now());

        for (String method : List.of("GET", "PATCH", "DELETE")) {
            assertThat(kernel.call(method, ME, token, "PATCH".equals(method) ? NEW_PASSWORD : null)
                            .status())
                    .as(method)
                    .isEqualTo(status);
        }
        assertThat(kernel.state(id).status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "A new password, and the end of an account, need the present password or a sign-in of the last minutes")
    void newPasswordByToken() throws Exception {
        String id = user("aa-new-password");
        String old = "Bearer "
                + token(
                        id,
                        "at+jwt",
                        "bookstore-api",
                        "internal_login",
                        Instant.now().minusSeconds(600));
        String never = "Bearer " + token(id, "at+jwt", "bookstore-api", "internal_login", null);
        for (String token : List.of(old, never)) {
            assertThat(kernel.call("PATCH", ME, token, NEW_PASSWORD).status()).isEqualTo(403);
            assertThat(kernel.call("DELETE", ME, token, null).status()).isEqualTo(403);
            assertThat(kernel.call(
                                    "PUT",
                                    ME,
                                    token,
                                    TestKernel.user("aa-new-password", "Stolen-pass-2", "aa-new-password@example.com"))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(kernel.signIn("aa-new-password", PASSWORD).status()).isEqualTo(200);

        assertThat(kernel.call("PATCH", ME, TestKernel.basic("aa-new-password", PASSWORD), NEW_PASSWORD)
                        .status())
                .isEqualTo(200);
        assertThat(kernel.signIn("aa-new-password", "Stolen-pass-2").status()).isEqualTo(200);
        String fresh = "Bearer "
                + token(
                        id,
                        "at+jwt",
                        "bookstore-api",
                        "internal_login",
                        Instant.now().minusSeconds(60));
        assertThat(kernel.call("PATCH", ME, fresh, NEW_PASSWORD.replace("Stolen-pass-2", "Own-pass-3"))
                        .status())
                .isEqualTo(200);
        assertThat(kernel.signIn("aa-new-password", "Own-pass-3").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /scim2/Users",
        "GET, /scim2/Users?filter=userName%20eq%20%22admin%22",
        "GET, /scim2/Users/ID",
        "PATCH, /scim2/Users/ID",
        "DELETE, /scim2/Users/ID",
        "GET, /scim2/Groups",
        "GET, /api/users/v2/me/approval-tasks"
    })
    @DisplayName("The client by which customers sign up creates users, and neither sees nor changes any")
    void signUpClient(String method, String path) throws Exception {
        String id = user("aa-seen-" + Integer.toHexString((method + path).hashCode()));
        String client = "Bearer " + kernel.signUpToken();

        assertThat(kernel.call(method, path.replace("ID", id), client, "PATCH".equals(method) ? NEW_PASSWORD : null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.state(id).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Of 30 passwords guessed at once by Basic, at most five are looked at")
    void parallelGuesses() throws Exception {
        user("aa-guessed");
        List<Integer> statuses = guesses("aa-guessed", "/scim2/Me", "/api/users/v2/me/approval-tasks");

        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 401)).hasSizeLessThanOrEqualTo(5);
        assertThat(kernel.signIn("aa-guessed", PASSWORD).status())
                .as("the owner, through the authorization server")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("Other letters and prefixes do not make another account of which to guess the password")
    void namesAreOneAccount() throws Exception {
        user("aa-spelled");
        int looked = 0;
        for (String name : List.of(
                "aa-spelled", "AA-SPELLED", "Aa-Spelled", "aA-spelled", "aa-Spelled", "aa-spelleD", "aa-sPelled")) {
            looked += kernel.call("GET", ME, TestKernel.basic(name, "wrong-" + name), null)
                                    .status()
                            == 401
                    ? 1
                    : 0;
        }
        assertThat(looked).isLessThanOrEqualTo(5);
        for (String name : List.of("PRIMARY/aa-spelled", "PRIMARY/PRIMARY/aa-spelled", "primary/aa-spelled")) {
            assertThat(kernel.call("GET", ME, TestKernel.basic(name, PASSWORD), null)
                            .status())
                    .isEqualTo(401);
            assertThat(kernel.signIn(name, PASSWORD).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope/x", "a\n2026-01-01 FORGED entry/x", "x%", "x*", "a\u202eb", "a\tb", "\"admin\""})
    @DisplayName("A name that no user can have is a wrong name: no 503, no line of the log")
    void impossibleNames(String name) throws Exception {
        assertThat(kernel.signIn(name, PASSWORD).status()).isEqualTo(401);
        assertThat(kernel.call("GET", ME, TestKernel.basic(name, PASSWORD), null)
                        .status())
                .isEqualTo(401);
        assertThat(kernel.call(
                                "POST",
                                "/scim2/Users",
                                kernel.administrator(),
                                TestKernel.user(name, PASSWORD, "aa-impossible@example.com"))
                        .status())
                .isEqualTo(400);
        assertThat(Files.readString(TestKernel.HOME.resolve("repository/logs/wso2carbon.log")))
                .doesNotContain("FORGED");
    }

    @Test
    @DisplayName("One password, typed with combined or with separate accents, at every door")
    void composedPasswords() throws Exception {
        String separate = "Pa\u0308ssword-1";
        String combined = "P\u00e4ssword-1";
        create("aa-accents", separate);

        assertThat(kernel.signIn("aa-accents", combined).status()).isEqualTo(200);
        assertThat(kernel.signIn("aa-accents", separate).status()).isEqualTo(200);
        assertThat(kernel.call("GET", ME, TestKernel.basic("aa-accents", combined), null)
                        .status())
                .isEqualTo(200);
        assertThat(kernel.signIn("aa-accents", combined + " ").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployment.toml",
                "identity/identity.xml",
                "bookstore-secrets.properties",
                "bookstore-internal-secret"
            })
    @DisplayName("Only the owner can read configuration with passwords")
    void filesWithPasswords(String file) throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        TestKernel.HOME.resolve("repository/conf").resolve(file))))
                .isEqualTo("rw-------");
    }

    private static List<Integer> guesses(String name, String... paths) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(15);
        try {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String guess = "guess-" + i;
                String path = paths[i % paths.length];
                asked.add(pool.submit(() -> kernel.call("GET", path, TestKernel.basic(name, guess), null)
                        .status()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : asked) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            pool.shutdownNow();
        }
    }

    private static String token(String id, String type, String audience, String scope, Instant signedIn)
            throws Exception {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kernel.key.getKeyID());
        if (!type.isEmpty()) {
            header.type(new JOSEObjectType(type));
        }
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(kernel.issuer())
                .subject(id)
                .audience(audience)
                .claim("client_id", "bookstore-web")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
        if (!scope.isEmpty()) {
            claims.claim("scope", scope);
        }
        if (signedIn != null) {
            claims.claim("auth_time", signedIn.getEpochSecond());
        }
        SignedJWT jwt = new SignedJWT(header.build(), claims.build());
        jwt.sign(new RSASSASigner(kernel.key));
        return jwt.serialize();
    }

    private static String user(String name) throws Exception {
        return create(name, PASSWORD).json().path("id").asText();
    }

    private static Answer create(String name, String password) throws Exception {
        return kernel.call(
                "POST", "/scim2/Users", kernel.administrator(), TestKernel.user(name, password, name + "@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/services",
                "/services/",
                "/services/AuthenticationAdmin?wsdl",
                "/services/RemoteUserStoreManagerService",
                "/carbon",
                "/carbon/admin/login.jsp",
                "/fileupload",
                "/fileupload/any",
                "/scim2/../services/AuthenticationAdmin?wsdl",
                "/scim2/%2e%2e/services/AuthenticationAdmin?wsdl",
                "/scim2;/../services/AuthenticationAdmin?wsdl",
                "/scim2x",
                "/registry/resource/",
                "/t/carbon.super/services/AuthenticationAdmin?wsdl",
                "/api/users/v2/me",
                "/api/server/v1/applications",
                "/oauth2/token"
            })
    @DisplayName("The kernel's own services cannot be reached")
    void otherPaths(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (404|400) .*").doesNotContain("wsdl:", "Apache Tomcat/");
    }

    @Test
    @DisplayName("The kernel answers to the names of this machine only, and its answers are not sniffed")
    void otherHosts() throws Exception {
        for (String host : List.of("books.example", "localhost.books.example", "127.0.0.1.nip.io", "10.0.0.1")) {
            assertThat(raw("GET /scim2/ServiceProviderConfig HTTP/1.1\r\nHost: " + host
                            + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421");
        }
        for (String host : List.of("localhost", "LOCALHOST:9763", "127.0.0.1", "[::1]")) {
            assertThat(raw("GET /scim2/ServiceProviderConfig HTTP/1.1\r\nHost: " + host
                            + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff");
        }
    }

    /** Sends the bytes as they are: clients tidy paths up. */
    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", kernel.httpPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void deactivate(String id) throws Exception {
        change(id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    }

    private static void change(String id, String operation) throws Exception {
        assertThat(kernel.call("PATCH", "/scim2/Users/" + id, kernel.administrator(), patch(operation))
                        .status())
                .isEqualTo(200);
    }

    private static void join(String role, String id) throws Exception {
        String group = kernel.call(
                        "GET",
                        "/scim2/Groups?filter=displayName%20eq%20%22" + role + "%22",
                        kernel.administrator(),
                        null)
                .json()
                .at("/Resources/0/id")
                .asText();
        assertThat(kernel.call(
                                "PATCH",
                                "/scim2/Groups/" + group,
                                kernel.administrator(),
                                patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}"))
                        .status())
                .isEqualTo(200);
    }

    private static String patch(String operation) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operation + "]}";
    }
}
