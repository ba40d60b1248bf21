package com.books.bookstore.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.settings.ServerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What is made of a real Identity Server, and that it is the same as the embedded one does. */
@Tag("slow")
class IdentityServerConfigurationTest {

    private static final Path DIRECTORY =
            Path.of(System.getProperty("bookstore.project"), "scim-workflows/identity-server");
    private static final AccessLevels TABLE = AccessLevels.load();
    /** Where API Manager's connector for Identity Server 7 keeps the scopes of its APIs, and must find these. */
    private static final String API = "User-defined-oauth2-resource";

    private record Run(int exitCode, String output) {}

    private static JsonNode read(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(DIRECTORY.resolve(file)));
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void its_scopes_and_roles_are_those_of_the_access_table() throws Exception {
        JsonNode access = read("access.json");

        assertThat(access.get("audience").stringValue()).isEqualTo(TABLE.audience());
        Map<String, String> scopes = new HashMap<>();
        access.get("scopes")
                .properties()
                .forEach(scope -> scopes.put(scope.getKey(), scope.getValue().stringValue()));
        assertThat(scopes).isEqualTo(TABLE.scopes());
        assertThat(access.get("roles").propertyNames())
                .containsExactlyInAnyOrderElementsOf(TABLE.roles().keySet());
        for (String role : TABLE.roles().keySet()) {
            assertThat(words(access.get("roles").get(role)))
                    .as(role)
                    .containsExactlyInAnyOrderElementsOf(TABLE.scopesOf(Set.of(role)));
        }
    }

    @Test
    void its_clients_may_do_what_those_of_the_embedded_server_may() throws Exception {
        JsonNode web = read("applications/bookstore-web.json");
        JsonNode registration = read("applications/bookstore-registration.json");
        JsonNode emails = read("applications/bookstore-emails.json");

        assertThat(web.get("oidc").get("clientId").stringValue()).isEqualTo(ServerSettings.WEB_CLIENT);
        assertThat(web.get("oidc").get("idToken").get("audience").get(0).stringValue())
                .isEqualTo(TABLE.audience());
        assertThat(registration.get("oidc").get("clientId").stringValue())
                .isEqualTo(ServerSettings.REGISTRATION_CLIENT);
        assertThat(registration.get("apis").valueStream().flatMap(api -> words(api.get("scopes")).stream()))
                .containsExactlyInAnyOrderElementsOf(ServerSettings.REGISTRATION_SCOPES);
        assertThat(emails.get("oidc").get("clientId").stringValue()).isEqualTo(ServerSettings.EMAIL_CLIENT);
        assertThat(emails.get("oidc").get("idToken").get("audience").get(0).stringValue())
                .isEqualTo(TABLE.audience());
        assertThat(emails.get("apis").valueStream().flatMap(api -> words(api.get("scopes")).stream()))
                .containsExactlyInAnyOrderElementsOf(ServerSettings.EMAIL_SCOPES);
        assertThat(Files.readString(DIRECTORY.resolve("deployment.toml")))
                .contains("sign_up_clients = \"" + ServerSettings.REGISTRATION_CLIENT + "\"");
    }

    @Test
    void the_script_makes_everything_once_and_corrects_what_was_changed(@TempDir Path directory) throws Exception {
        assumeTrue(has("bash") && has("curl") && has("jq"), "configure.sh needs bash, curl and jq");
        try (StubIdentityServer server = new StubIdentityServer()) {
            Run first = run(server, directory, StubIdentityServer.PASSWORD);
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(first.output())
                    .contains(
                            "API " + API + ": created",
                            "Password policy: set",
                            "Role bookstore-admin: created",
                            "Application bookstore-web: created",
                            "Application bookstore-registration: created",
                            "Application bookstore-emails: created");
            assertThat(server.scopes(API))
                    .containsExactlyInAnyOrderElementsOf(TABLE.scopes().keySet());
            assertThat(server.permissions("bookstore-staff"))
                    .containsExactlyInAnyOrderElementsOf(TABLE.scopesOf(Set.of("bookstore-staff")));
            assertThat(words(server.protocol("bookstore-web").get("callbackURLs")))
                    .containsExactly("regexp=(https://shop\\.books\\.example/callback|https://shop\\.books\\.example/"
                            + "|http://localhost:8080/callback|http://localhost:8080/)");
            assertThat(words(server.protocol("bookstore-web").get("allowedOrigins")))
                    .containsExactly("https://shop.books.example", "http://localhost:8080");
            assertThat(server.authorized("bookstore-registration"))
                    .containsEntry("/scim2/Users", List.of("internal_user_mgt_create"));
            assertThat(server.authorized("bookstore-web").get(API))
                    .containsExactlyInAnyOrderElementsOf(TABLE.scopesOfUsers());
            assertThat(server.authorized("bookstore-emails")).containsExactly(Map.entry(API, List.of("mails:submit")));
            assertThat(server.protocol("bookstore-emails").get("clientSecret").stringValue())
                    .isEqualTo("canary-of-the-environment");
            assertThat(directory.resolve("secret")).hasContent("canary-made-by-the-server");

            assertThat(server.passwordPattern())
                    .isEqualTo(read("password-policy.json").at("/regEx/0/properties/0/value"));

            server.changes.clear();
            Run second = run(server, directory, StubIdentityServer.PASSWORD);
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(server.changes).as("changes of the second run").isEmpty();
            assertThat(second.output().lines()).hasSize(1);

            server.resetPasswordRules();
            server.addPermission("bookstore-customer", "registrations:approve");
            server.addPermission("bookstore-customer", "permission:of_another_api");
            server.protocol("bookstore-web").put("publicClient", false);
            ((ArrayNode) server.protocol("bookstore-registration").get("grantTypes")).add("password");
            server.application("bookstore-web").put("accessUrl", "https://old.books.example/");
            Run third = run(server, directory, StubIdentityServer.PASSWORD);
            assertThat(third.exitCode()).as(third.output()).isZero();
            assertThat(server.permissions("bookstore-customer"))
                    .containsExactlyInAnyOrder("orders:create", "orders:read", "permission:of_another_api");
            assertThat(server.protocol("bookstore-web").get("publicClient").booleanValue())
                    .isTrue();
            assertThat(server.protocol("bookstore-registration")
                            .get("clientSecret")
                            .stringValue())
                    .isEqualTo("canary-made-by-the-server");
            assertThat(words(server.protocol("bookstore-registration").get("grantTypes")))
                    .containsExactly("client_credentials");
            assertThat(server.application("bookstore-web").get("accessUrl").stringValue())
                    .isEqualTo("https://shop.books.example/");
            assertThat(server.passwordPattern().stringValue()).endsWith("{8,64}$");
            assertThat(server.changes).hasSize(5);
            assertThat(first.output() + second.output() + third.output()).doesNotContain("canary");
        }
    }

    @Test
    void the_script_says_in_one_line_what_went_wrong(@TempDir Path directory) throws Exception {
        assumeTrue(has("bash") && has("curl") && has("jq"), "configure.sh needs bash, curl and jq");
        try (StubIdentityServer server = new StubIdentityServer()) {
            Run refused = run(server, directory, "wrong");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output().lines()).hasSize(1).first().asString().contains("answered with 401");
            assertThat(server.changes).isEmpty();
        }
    }

    private static boolean has(String tool) {
        return List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    private static Run run(StubIdentityServer server, Path directory, String password) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", DIRECTORY.resolve("configure.sh").toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "IS_URL",
                        server.address(),
                        "IS_USER",
                        StubIdentityServer.USER,
                        "IS_PASSWORD",
                        password,
                        "WEB_ORIGINS",
                        "https://shop.books.example http://localhost:8080",
                        "BOOKSTORE_EMAIL_CLIENT_SECRET",
                        "canary-of-the-environment",
                        "SECRET_FILE",
                        directory.resolve("secret").toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
