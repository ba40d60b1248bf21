package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The Postman environment for API Manager fits what {@code apim/publish.sh dev} publishes, and the collection. */
class PostmanEnvironmentTest {

    private static final Path PROJECT = Checkout.DIRECTORY;
    private static final Path POSTMAN = PROJECT.resolve("samples/postman");
    /** Below no context: Micro Integrator's alone. */
    private static final Set<String> NOT_PUBLISHED = Set.of("/health");

    @Test
    void itsAddressIsThatOfTheGatewayOfDev() throws IOException {
        URI address = URI.create(values("api-manager").get(0).get("value").asText());
        Matcher host = Pattern.compile("BOOKSTORE_GATEWAY_HOST:-([^}]*)}")
                .matcher(Files.readString(PROJECT.resolve("apim/publish.sh")));
        assertThat(host.find()).isTrue();
        assertThat(address.getHost()).isEqualTo(host.group(1));
        // The port is API Manager's default, and that of the compose file.
        assertThat(Files.readString(PROJECT.resolve("deployment/compose.yaml")))
                .contains(":" + address.getPort() + ":8243\"");
        assertThat(address.getScheme()).isEqualTo("https");
    }

    @Test
    void everyPathOfTheCollectionIsPublished() throws IOException {
        Set<String> published = new TreeSet<>(NOT_PUBLISHED);
        try (Stream<Path> projects = Files.list(PROJECT.resolve("apim/projects"))) {
            for (Path file : projects.map(project -> project.resolve("api.yaml"))
                    .filter(Files::exists)
                    .toList()) {
                JsonNode api = new YAMLMapper().readTree(file.toFile()).get("data");
                published.add(
                        api.get("context").asText() + "/" + api.get("version").asText());
            }
        }
        Set<String> asked = new TreeSet<>();
        Matcher path = Pattern.compile("\\{\\{baseUrl}}(/health|/[a-z]+/v\\d+)")
                .matcher(Files.readString(POSTMAN.resolve("bookstore.postman_collection.json")));
        while (path.find()) {
            asked.add(path.group(1));
        }
        assertThat(asked).hasSizeGreaterThan(5).isSubsetOf(published);
    }

    @Test
    void itHasWhatTheLocalOneHasAndTheGatewaysCodes() throws IOException {
        Set<String> expected = new TreeSet<>(keys("local"));
        expected.addAll(Set.of("missingTokenCode", "insufficientScopeCode"));
        assertThat(keys("api-manager")).isEqualTo(expected);
        // No token was left in a file that is shared.
        assertThat(values("api-manager"))
                .filteredOn(value -> value.get("type").asText().equals("secret"))
                .hasSize(3)
                .allMatch(value -> value.get("value").asText().isEmpty());
    }

    private static Set<String> keys(String environment) throws IOException {
        return StreamSupport.stream(values(environment).spliterator(), false)
                .map(value -> value.get("key").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode values(String environment) throws IOException {
        return new ObjectMapper()
                .readTree(POSTMAN.resolve(environment + ".postman_environment.json")
                        .toFile())
                .get("values");
    }
}
