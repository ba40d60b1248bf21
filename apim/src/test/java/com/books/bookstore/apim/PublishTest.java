package com.books.bookstore.apim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** publish.sh against stand-ins of apictl and curl that write down how they are called and remember what was made. */
@Tag("slow")
class PublishTest {

    private static final String APICTL = """
            #!/usr/bin/env bash
            echo "apictl $*" >>"$CALLS"
            """;
    private static final String CURL = """
            #!/usr/bin/env bash
            method= url=${!#} options=$*
            while [ $# -gt 0 ]; do
                [ "$1" = --request ] && method=$2
                shift
            done
            config=$(cat)
            echo "$method $url" >>"$CALLS"
            { echo "# $method $url"; echo "$config"; } >>"$BODIES"
            case "$method $url" in
                "POST "*/publisher/v4/scopes)
                    if [ -e "$STATE/refused" ]; then code=409; elif [ -e "$STATE/taken" ]; then rm "$STATE/taken"; code=409; else code=201; fi
                    case "$options" in *http_code*) printf %s "$code" ;; esac ;;
                "GET "*/api-resources*) echo '{"apiResources":[{"id":"api-1"}]}' ;;
                "GET "*/scim2/v2/Roles*) cat "$STATE/roles" ;;
                "GET "*/key-managers) cat "$STATE/key-managers" ;;
                "GET "*/scopes*) cat "$STATE/scopes" ;;
                "GET "*/applications\\?*) cat "$STATE/applications" ;;
                "POST "*/applications) echo '{"applicationId":"app-new"}' ;;
                "GET "*/oauth-keys) cat "$STATE/keys" ;;
                "GET "*/register/*) cat "$STATE/client" ;;
                "POST "*/map-keys) [ ! -e "$STATE/not-yet" ] || { rm "$STATE/not-yet"; exit 22; } ;;
                "GET "*/devportal/v3/apis*) cat "$STATE/apis" ;;
                "GET "*/subscriptions*) cat "$STATE/subscriptions" ;;
            esac
            """;
    private static final String ALL_ROLES =
            "{\"Resources\":[{\"displayName\":\"bookstore-customer\"},{\"displayName\":\"bookstore-staff\"},{\"displayName\":\"bookstore-admin\"}]}";

    @TempDir
    private Path directory;

    @BeforeEach
    void standIns() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v jq").start().waitFor() == 0,
                "publish.sh needs jq, which is not on this machine");
        script("apictl", APICTL);
        script("curl", CURL);
        state("roles", ALL_ROLES);
        state("key-managers", "{\"list\":[{\"id\":\"r\",\"name\":\"Resident Key Manager\"}]}");
        state("scopes", "{\"list\":[]}");
        state("applications", "{\"list\":[{\"applicationId\":\"app-other\",\"name\":\"bookstore-web-old\"}]}");
        state("keys", "{\"list\":[]}");
        state("client", "{\"client_id\":\"bookstore-web\",\"client_secret\":\"client-canary\"}");
        state(
                "apis",
                "{\"list\":["
                        + Project.apis().stream()
                                .map(api -> "{\"id\":\"id-of-" + api + "\",\"name\":\"" + api + "\"}")
                                .collect(Collectors.joining(","))
                        + ",{\"id\":\"id-of-product\",\"name\":\"BookstoreForCustomers\"}]}");
        state("subscriptions", "{\"list\":[]}");
    }

    @Test
    void publishesWhatOthersNeedBeforeThem() throws Exception {
        assertThat(publish("dev", Map.of())).endsWith("Published on dev.\n");

        List<String> steps = calls().map(PublishTest::step).distinct().toList();
        assertThat(steps)
                .containsExactly(
                        "GET roles",
                        "import policy",
                        "GET key-managers",
                        "POST key-managers",
                        "GET scopes",
                        "POST scopes",
                        "import api",
                        "import api-product",
                        "GET applications",
                        "POST applications",
                        "GET oauth-keys",
                        "GET register/bookstore-web",
                        "POST map-keys",
                        "GET apis",
                        "GET subscriptions",
                        "POST subscriptions");
        assertThat(calls().filter(call -> call.startsWith("POST ") && call.endsWith("/scopes")))
                .hasSize(Project.sharedScopes().size());
        assertThat(calls().filter(call -> call.startsWith("apictl import api ")))
                .hasSize(Project.apis().size());
        assertThat(calls().filter(call -> call.startsWith("apictl")))
                .allMatch(call -> call.contains("--environment dev"));
    }

    @Test
    void runAgainItUpdatesWhatIsThere() throws Exception {
        state("key-managers", "{\"list\":[{\"id\":\"km-1\",\"name\":\"BookstoreIdentityServer\"}]}");
        state("scopes", "{\"list\":[{\"id\":\"scope-1\",\"name\":\"orders:create\"}]}");
        state("applications", "{\"list\":[{\"applicationId\":\"app-1\",\"name\":\"bookstore-web\"}]}");
        state("keys", "{\"list\":[{\"consumerKey\":\"bookstore-web\"}]}");
        state("subscriptions", "{\"list\":[{\"apiId\":\"id-of-CatalogAPI\"}]}");
        publish("dev", Map.of());

        assertThat(calls())
                .contains(
                        "PUT https://localhost:9444/api/am/admin/v4/key-managers/km-1",
                        "PUT https://localhost:9444/api/am/publisher/v4/scopes/scope-1")
                .contains("PUT https://localhost:9444/api/am/devportal/v3/applications/app-1")
                .noneMatch(call -> call.startsWith("POST ")
                        && (call.endsWith("key-managers")
                                || call.endsWith("applications")
                                || call.endsWith("map-keys")));
        assertThat(calls().filter(call -> call.startsWith("POST ") && call.endsWith("/subscriptions")))
                .hasSize(Project.apis().size() - 1);
        assertThat(calls().filter(call -> call.startsWith("apictl import policy")))
                .allMatch(call -> call.endsWith("--update"));
        assertThat(calls().filter(call -> call.startsWith("apictl import api ")))
                .allMatch(call -> call.contains("--update --rotate-revision"));
    }

    @Test
    void theStorefrontsClientIsMappedToAnApplicationThatIsSubscribedToEveryApi() throws Exception {
        // The first try comes before API Manager knows its new key manager.
        state("not-yet", "");
        assertThat(publish("dev", Map.of())).contains("Published on dev.");

        assertThat(calls().filter(
                                "POST https://localhost:9444/api/am/devportal/v3/applications/app-new/map-keys"
                                        ::equals))
                .hasSize(2);
        String bodies = Files.readString(directory.resolve("bodies"));
        assertThat(bodies)
                .contains(
                        "consumerKey\\\": \\\"bookstore-web",
                        "consumerSecret\\\": \\\"client-canary",
                        "keyManager\\\": \\\"BookstoreIdentityServer");
        for (String api : Project.apis()) {
            assertThat(bodies).contains("id-of-" + api);
        }
        assertThat(bodies).doesNotContain("id-of-product");
        assertThat(calls()).noneMatch(call -> call.contains("canary"));
    }

    /** Ignored fields would not be reported: {@link RequestFields}. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void apiManagerReadsEveryFieldThatIsSent(boolean again) throws Exception {
        if (again) {
            state("key-managers", "{\"list\":[{\"id\":\"km-1\",\"name\":\"BookstoreIdentityServer\"}]}");
            state("scopes", "{\"list\":[{\"id\":\"scope-1\",\"name\":\"orders:create\"}]}");
            state("applications", "{\"list\":[{\"applicationId\":\"app-1\",\"name\":\"bookstore-web\"}]}");
        }
        publish("dev", Map.of());

        Set<String> sent = new TreeSet<>();
        String resource = null;
        for (String line : Files.readAllLines(directory.resolve("bodies"))) {
            if (line.startsWith("# ")) {
                resource = line.replaceFirst("^# PUT (.*)/[^/]+$", "# PUT $1").replaceFirst(".*/", "");
            } else if (line.startsWith("data = ")) {
                JsonMapper json = new JsonMapper();
                String body = json.readValue(line.substring("data = ".length()), String.class);
                assertThat(RequestFields.BY_RESOURCE.get(resource).fits(json.readTree(body)))
                        .as(body)
                        .isTrue();
                sent.add(resource);
            }
        }
        assertThat(sent).isEqualTo(RequestFields.BY_RESOURCE.keySet());
    }

    @Test
    void aFieldOfAnotherNameOrTypeIsFound() throws Exception {
        JsonMapper json = new JsonMapper();
        assertThat(RequestFields.SUBSCRIPTION.fits(
                        json.readTree("{\"applicationId\":\"a\",\"apiId\":\"b\",\"throttlingPolicy\":\"c\"}")))
                .isTrue();
        assertThat(RequestFields.SUBSCRIPTION.fits(
                        json.readTree("{\"applicationId\":\"a\",\"apiIdentifier\":\"b\",\"throttlingPolicy\":\"c\"}")))
                .isFalse();
        assertThat(RequestFields.SUBSCRIPTION.fits(json.readTree("{\"applicationId\":\"a\",\"apiId\":\"b\"}")))
                .isFalse();
        assertThat(RequestFields.APPLICATION.fits(
                        json.readTree("{\"name\":\"a\",\"throttlingPolicy\":\"b\",\"tokenType\":\"jwt\"}")))
                .isFalse();
        assertThat(
                        RequestFields.KEY_MANAGER.fits(
                                json.readTree(
                                        "{\"name\":\"a\",\"type\":\"b\",\"additionalProperties\":{\"enable_roles_creation\":\"false\"}}")))
                .isFalse();
    }

    @Test
    void aClientWhoseSecretIsNotToldIsLeftToThePortal() throws Exception {
        state("client", "{\"client_id\":\"bookstore-web\"}");

        assertThat(publish("dev", Map.of()))
                .contains("map the client in the developer portal")
                .doesNotContain("Published");
        assertThat(calls()).noneMatch(call -> call.endsWith("map-keys"));
    }

    @Test
    void aScopeThatIdentityServerHasAlreadyIsMadeAnewByApiManager() throws Exception {
        state("taken", "");

        assertThat(publish("dev", Map.of())).contains("Published on dev.", "configure.sh again");
        assertThat(calls())
                .containsOnlyOnce(
                        "DELETE https://identity-server:9443/api/server/v1/api-resources/api-1/scopes/orders:create");
        assertThat(calls().filter(call -> call.startsWith("POST ") && call.endsWith("/scopes")))
                .hasSize(Project.sharedScopes().size() + 1);
    }

    @Test
    void aScopeThatWasGivenBackForNothingIsNamed() throws Exception {
        state("refused", "");

        assertThat(publish("dev", Map.of()))
                .contains("API Manager still answers 409 to the scope orders:create", "configure.sh again")
                .doesNotContain("Published");
        assertThat(calls().filter(call -> call.startsWith("DELETE "))).hasSize(1);
    }

    @Test
    void withoutTheRolesNothingIsPublished() throws Exception {
        state("roles", "{\"Resources\":[{\"displayName\":\"bookstore-customer\"}]}");

        assertThat(publish("dev", Map.of())).contains("Identity Server has no role bookstore-admin");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void passwordsAndTheOriginArriveAndNoPasswordIsOnACommandLine() throws Exception {
        publish("dev", Map.of("BOOKSTORE_STOREFRONT_ORIGIN", "https://shop.books.com"));

        assertThat(Files.readString(directory.resolve("bodies")))
                .contains("user = \"apim-admin:apim \\\"secret\\\"\"")
                .contains("is-\\\\\\\"secret")
                .contains("https://identity-server:9443/scim2/Me")
                .doesNotContain("@IS_");
        assertThat(calls()).noneMatch(call -> call.contains("secret"));
        assertThat(Project.APIM.resolve("target/publish-dev/OrderAPI-v1/api.yaml"))
                .content()
                .contains("- \"https://shop.books.com\"")
                .doesNotContain("@STOREFRONT");
    }

    @Test
    void forProductionNothingIsGuessed() throws Exception {
        assertThat(publish("prod", Map.of())).contains("publish: APIM_URL is not set");
        assertThat(directory.resolve("calls")).doesNotExist();
    }

    private static String step(String call) {
        String[] words = call.split(" ");
        if (words[0].equals("apictl")) {
            return words[1] + " " + words[2];
        }
        return words[0] + " "
                + words[1].replaceAll("\\?.*", "")
                        .replaceAll(".*/v2/Roles", "roles")
                        .replaceAll(
                                ".*/(key-managers|scopes|applications|oauth-keys|map-keys|apis|subscriptions|register/[a-z-]+)$",
                                "$1");
    }

    private String publish(String environment, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Project.APIM.resolve("publish.sh").toString(), environment)
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        directory + ":" + System.getenv("PATH"),
                        "CALLS",
                        directory.resolve("calls").toString(),
                        "BODIES",
                        directory.resolve("bodies").toString(),
                        "STATE",
                        directory.toString(),
                        "APIM_USER",
                        "apim-admin",
                        "APIM_PASSWORD",
                        "apim \"secret\"",
                        "IS_USER",
                        "is-admin",
                        "IS_PASSWORD",
                        "is-\"secret"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private Stream<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls")).stream();
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void state(String name, String json) throws IOException {
        Files.writeString(directory.resolve(name), json);
    }
}
