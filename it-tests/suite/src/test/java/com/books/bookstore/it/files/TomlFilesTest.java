package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.observability.ObservabilityHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The configuration of the products, parsed as they parse it: what must be in it is there, under the name that they look for. */
class TomlFilesTest {

    private static final Path PROJECT = Checkout.DIRECTORY;
    private static final Path MICRO_INTEGRATOR = PROJECT.resolve("deployment/micro-integrator/deployment.toml");
    private static final Path IDENTITY_SERVER = PROJECT.resolve("scim-workflows/identity-server/deployment.toml");
    private static final Path IDENTITY_SERVER_AS_KEY_MANAGER =
            PROJECT.resolve("apim/key-manager/identity-server.deployment.toml");
    private static final Path API_MANAGER = PROJECT.resolve("apim/key-manager/api-manager.deployment.toml");

    /** What IS 7.2.0 and 7.3.0 come with: tags v7.2.0 and v7.3.0 of wso2/product-is, whose deployment.toml is the same file. */
    private static final String IDENTITY_SERVERS_OWN = """
            [server]
            [super_admin]
            [user_store]
            [database.identity_db]
            [database.shared_db]
            [datasource.AgentIdentity]
            [keystore.primary]
            [truststore]
            [account_recovery.endpoint.auth]
            [identity.auth_framework.endpoint]
            """;

    /** What API Manager 4.5.0 and 4.6.0 come with: tags v4.5.0 and v4.6.0 of wso2/product-apim. */
    private static final String API_MANAGERS_OWN = """
            [server]
            [super_admin]
            [user_store]
            [database.apim_db]
            [database.shared_db]
            [keystore.tls]
            [apim]
            [[apim.gateway.environment]]
            [apim.sync_runtime_artifacts.gateway]
            [apim.analytics]
            [apim.ai]
            [apim.key_manager]
            [apim.cors]
            [[event_handler]]
            [service_provider]
            [database.local]
            [[event_listener]]
            [event_listener.properties]
            [oauth.grant_type.token_exchange]
            """;

    /** Tables of the file that the product comes with, by its version. One that is written a second time is a mistake that keeps it from starting. */
    private static final Map<String, String> TABLES_OF_THE_PRODUCTS = Map.of(
            "Identity Server 7.2",
            IDENTITY_SERVERS_OWN,
            "Identity Server 7.3",
            IDENTITY_SERVERS_OWN,
            "API Manager 4.5",
            API_MANAGERS_OWN,
            "API Manager 4.6",
            API_MANAGERS_OWN,
            // Tag v4.7.0 of wso2/product-apim.
            "API Manager 4.7",
            API_MANAGERS_OWN + "[[oauth.extensions.token_types]]\n");

    private static final String FRAMEWORK = "identity.xml.j2 of org.wso2.carbon.identity.core.server.feature 7.10.89";
    private static final String FRAMEWORK_EVENTS =
            "key-mappings.json of org.wso2.carbon.identity.event.server.feature 7.10.89";

    /**
     * What reads each key of our addition in IS 7.3: its own tags (product-is v7.3.0, carbon-kernel v4.12.34), and of the identity framework, which
     * is 7.10.156 there, the newest that Maven Central has.
     */
    private static final Map<String, String> READ_BY_IDENTITY_SERVER = Map.of(
            "event_listener", FRAMEWORK,
            "tenant_mgt.enable_email_domain", "carbon.xml.j2 of carbon-kernel v4.12.34",
            "identity_mgt.account_locking.enable_account_locking", FRAMEWORK_EVENTS,
            "identity_mgt.account_locking.allowed_failed_attempts", FRAMEWORK_EVENTS,
            "identity_mgt.account_locking.auto_unlock_after", FRAMEWORK_EVENTS,
            "identity_mgt.account_locking.auto_unlock_time_increment_ratio", FRAMEWORK_EVENTS,
            "identity_mgt.user_claim_update.email.enable_verification", FRAMEWORK,
            "identity_mgt.password_reset_email.enable_password_reset_email", FRAMEWORK,
            "identity_mgt.password_reset_email.enable_email_link", FRAMEWORK,
            "identity_mgt.password_reset_email.reset_mail_validity", FRAMEWORK);

    private static final Map<String, String> READ_BY_ITS_WEB_SERVER =
            Map.of("http_access_log.pattern", "catalina-server.xml.j2 of product-is v7.3.0");

    static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("deployment", "apim/key-manager", "scim-workflows/identity-server")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".toml")
                                && !PROJECT.relativize(file).toString().contains("target"))
                        .forEach(found::add);
            }
        }
        assertThat(found).contains(MICRO_INTEGRATOR, IDENTITY_SERVER, IDENTITY_SERVER_AS_KEY_MANAGER, API_MANAGER);
        return found;
    }

    /** TOML that the documentation shows, by file and number. */
    static Stream<String[]> examples() throws IOException {
        List<String[]> found = new ArrayList<>();
        for (String folder : List.of("docs", "scim-workflows", "mi-observability", "apim", "deployment")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(folder), 2)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".md")).toList()) {
                    Pattern.compile("(?ms)^ *```toml\n(.*?)^ *```")
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(block -> found.add(
                                    new String[] {PROJECT.relativize(file).toString(), block.group(1)}));
                }
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isTomlWithoutSecrets(Path file) throws IOException {
        TomlParseResult toml = parse(Files.readString(file));
        values(toml).forEach((key, value) -> {
            // Switches and periods of password recovery are no secrets.
            if (value instanceof String && key.toLowerCase(Locale.ROOT).contains("password")) {
                assertThat(value.toString()).as(key).matches("\\$(env|secret)\\{\\w+}");
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void theExamplesOfTheDocumentationAreToml(String file, String text) {
        assertThat(Toml.parse(text).errors()).as(file).isEmpty();
    }

    @Test
    void whatIsAddedToAProductsFileIsNotInItYet() throws IOException {
        String identityServer =
                Files.readString(IDENTITY_SERVER) + "\n" + Files.readString(IDENTITY_SERVER_AS_KEY_MANAGER);
        String apiManager = Files.readString(API_MANAGER);
        for (Map.Entry<String, String> product : TABLES_OF_THE_PRODUCTS.entrySet()) {
            String additions = product.getKey().startsWith("Identity Server") ? identityServer : apiManager;
            assertThat(Toml.parse(product.getValue() + additions).errors())
                    .as(product.getKey())
                    .isEmpty();
        }
        assertThat(Toml.parse(IDENTITY_SERVERS_OWN + "[user_store]\n").errors()).isNotEmpty();
    }

    /** A key that no version reads would be ignored without a word: a new one needs its source here. */
    @Test
    void identityServerReadsWhatIsAdded() throws IOException {
        Set<String> added = new TreeSet<>();
        values(parse(IDENTITY_SERVER))
                .keySet()
                .forEach(key -> added.add(key.replaceFirst("^event_listener\\..*", "event_listener")));
        Set<String> read = new TreeSet<>(READ_BY_IDENTITY_SERVER.keySet());
        read.addAll(READ_BY_ITS_WEB_SERVER.keySet());
        assertThat(added).isEqualTo(read);
    }

    /** The outbox sends by a blocking call, and blocking calls have transports of their own. */
    @Test
    void mailsLeaveByTheBlockingSenderAndGiveUpInTime() throws IOException {
        TomlTable sender = only(parse(MICRO_INTEGRATOR).getArray("transport.blocking.mail.sender"));
        assertThat(sender.getString("name")).isEqualTo("mailto");
        for (String limit : List.of("mail.smtp.connectiontimeout", "mail.smtp.timeout", "mail.smtp.writetimeout")) {
            assertThat(Integer.parseInt(sender.getString(List.of("parameter", limit))))
                    .as(limit)
                    .isBetween(1_000, 30_000);
        }
        assertThat(sender.getString(List.of("parameter", "mail.smtp.ssl.checkserveridentity")))
                .isEqualTo("true");
        assertThat(sender.getString(List.of("parameter", "mail.smtp.starttls.required")))
                .isEqualTo(sender.getString("parameter.enable_tls"));
        assertThat(sender.getString("parameter.hostname")).isEqualTo("$env{BOOKSTORE_SMTP_HOST}");
    }

    @Test
    void theAccessLogsClassAndItsParametersAreThere() throws IOException {
        TomlTable handler = only(parse(MICRO_INTEGRATOR).getArray("synapse_handlers"));
        assertThat(handler.getString("class")).isEqualTo(ObservabilityHandler.class.getName());
        TomlArray parameters = handler.getArray("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.getTable(i).getString("name");
            String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            assertThat(Arrays.stream(ObservabilityHandler.class.getMethods()).map(java.lang.reflect.Method::getName))
                    .contains(setter);
            if ("port".equals(name)) {
                // Where compose, Kubernetes and the operations guide look for metrics.
                assertThat(parameters.getTable(i).getString("value")).isEqualTo("9290");
            }
        }
    }

    @Test
    void microIntegratorHasAccountsAndKeyStoresOfItsOwn() throws IOException {
        TomlParseResult toml = parse(MICRO_INTEGRATOR);
        assertThat(toml.getBoolean("internal_apis.file_user_store.enable")).isTrue();
        assertThat(only(toml.getArray("internal_apis.users")).getString("user.name"))
                .isEqualTo("$env{BOOKSTORE_MI_ADMIN_USER}");
        assertThat(toml.getBoolean("server.hot_deployment")).isFalse();
        for (String store : List.of("keystore.primary", "truststore")) {
            // What make-keystores makes and the manifests mount.
            assertThat(toml.getString(store + ".type")).isEqualTo("PKCS12");
            assertThat(Path.of(toml.getString(store + ".file_name"))
                            .getFileName()
                            .toString())
                    .isIn("wso2carbon.jks", "client-truststore.jks");
        }
    }

    @Test
    void signUpsWaitOnIdentityServer() throws IOException {
        TomlParseResult file = parse(IDENTITY_SERVER);
        TomlTable listener = only(file.getArray("event_listener"));
        assertThat(listener.getString("type"))
                .isEqualTo("org.wso2.carbon.user.core.listener.UserOperationEventListener");
        String source = listener.getString("name").replace('.', '/') + ".java";
        assertThat(PROJECT.resolve("scim-workflows/extension/src/main/java").resolve(source))
                .isRegularFile();
        // Before Identity Server's own, which is 10 and would let sign-ups through; 9 is another's.
        assertThat(listener.getLong("order")).isEqualTo(7);
        assertThat(listener.getString("properties.sign_up_clients")).isEqualTo("bookstore-registration");
        assertThat(file.getBoolean("tenant_mgt.enable_email_domain")).isTrue();
        // Compose and guide use this file, so neither lacks what the other has.
        assertThat(file.getBoolean("identity_mgt.user_claim_update.email.enable_verification"))
                .isTrue();
        assertThat(file.getBoolean("identity_mgt.account_locking.enable_account_locking"))
                .isTrue();
        assertThat(Files.readString(PROJECT.resolve("deployment/prepare")))
                .contains("cp scim-workflows/identity-server/deployment.toml");
    }

    /** A query may hold a token, and names users; the first line of a request and the referrer contain it. */
    @Test
    void identityServersAccessLogHasNoQueries() throws IOException {
        assertThat(parse(IDENTITY_SERVER).getString("http_access_log.pattern"))
                .contains("%U", "%s")
                .doesNotContain("%r", "%q", "Referer");
    }

    /** The image writes what the comment tells others to write. */
    @Test
    void theLongestEmailAddressIsAUserNameOnIdentityServer() throws IOException {
        Matcher comment =
                Pattern.compile("(?m)^# (username_java_regex = '.*')$").matcher(Files.readString(IDENTITY_SERVER));
        assertThat(comment.find()).isTrue();
        String quote = Pattern.quote("'\"'\"");
        Matcher command = Pattern.compile("a username_java_regex = " + quote + "'(.*)" + quote + " ")
                .matcher(Files.readString(PROJECT.resolve("deployment/identity-server/Dockerfile")));
        assertThat(command.find()).isTrue();
        // GNU sed's command a takes one of two backslashes.
        String written = "username_java_regex = '" + command.group(1).replace("\\\\", "\\") + "'";
        assertThat(written).isEqualTo(comment.group(1));

        Pattern names = Pattern.compile(parse(written).getString("username_java_regex"));
        String longest = "a".repeat(64) + "@" + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(57) + ".com";
        assertThat(longest).hasSize(254).matches(names);
        assertThat("e" + longest).doesNotMatch(names);
        assertThat("jane doe@example.com").doesNotMatch(names);
        assertThat("jane\\doe@example.com").doesNotMatch(names);
    }

    @Test
    void apiManagerSendsTheTokenThatMicroIntegratorVerifies() throws IOException {
        TomlParseResult toml = parse(API_MANAGER);
        assertThat(toml.getBoolean("apim.jwt.enable")).isTrue();
        assertThat(toml.getString("apim.jwt.header")).isEqualTo("X-JWT-Assertion");
        assertThat(toml.getString("apim.jwt.signing_algorithm")).isEqualTo("SHA256withRSA");
        // Identity Server asks administrators who decide about registrations for their own token.
        assertThat(toml.getBoolean("apim.oauth_config.enable_outbound_auth_header"))
                .isTrue();
        for (Object sequence : toml.getArray("apim.sync_runtime_artifacts.gateway.skip_list.sequences")
                .toList()) {
            assertThat(PROJECT.resolve("apim/gateway").resolve(sequence.toString()))
                    .isRegularFile();
        }
    }

    /** With another type the listener is never asked, with another header it ignores the request; neither is logged. */
    @Test
    void identityServerTellsApiManagerOfRevokedTokens() throws IOException {
        TomlTable listener = only(parse(IDENTITY_SERVER_AS_KEY_MANAGER).getArray("event_listener"));
        assertThat(listener.getString("type"))
                .isEqualTo("org.wso2.carbon.identity.core.handler.AbstractIdentityHandler");
        assertThat(listener.getString(List.of("properties", "header.X-WSO2-KEY-MANAGER")))
                .isEqualTo("WSO2-IS");
        assertThat(only(parse(IDENTITY_SERVER_AS_KEY_MANAGER).getArray("resource.access_control"))
                        .getString("context"))
                .endsWith("/scim2/Me");
    }

    private static TomlParseResult parse(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    private static TomlParseResult parse(String text) {
        TomlParseResult result = Toml.parse(text);
        assertThat(result.errors()).isEmpty();
        return result;
    }

    private static TomlTable only(TomlArray tables) {
        assertThat(tables.size()).isEqualTo(1);
        return tables.getTable(0);
    }

    /** Every value by its path, those of tables in arrays as well. */
    private static Map<String, Object> values(TomlTable table) {
        Map<String, Object> values = new TreeMap<>();
        for (String key : table.keySet()) {
            collect(key, table.get(List.of(key)), values);
        }
        return values;
    }

    private static void collect(String path, Object value, Map<String, Object> values) {
        if (value instanceof TomlTable table) {
            table.keySet().forEach(key -> collect(path + "." + key, table.get(List.of(key)), values));
        } else if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(path + "." + i, array.get(i), values);
            }
        } else {
            values.put(path, value);
        }
    }
}
