package com.books.bookstore.identity.oauth.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.oauth.users.KernelUserDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EnvironmentSettingsTest {

    @Test
    void without_variables_the_defaults_hold() throws Exception {
        ServerSettings settings = EnvironmentSettings.from(Map.of(
                "BOOKSTORE_IDENTITY_KERNEL_URL", "http://127.0.0.1:1", "BOOKSTORE_IDENTITY_KERNEL_SECRET", "shared"));

        assertThat(settings.httpsPort()).isEqualTo(9443);
        assertThat(settings.httpPort()).isEmpty();
        assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.clientSecrets()).isEmpty();
    }

    @Test
    void demo_users_sign_in_only_where_they_are_asked_for() throws Exception {
        assertThatThrownBy(() -> EnvironmentSettings.from(Map.of()))
                .hasMessageContaining("BOOKSTORE_IDENTITY_KERNEL_URL");
        assertThatThrownBy(() -> EnvironmentSettings.from(Map.of("BOOKSTORE_IDENTITY_DEMO_USERS", "false")))
                .hasMessageContaining("BOOKSTORE_IDENTITY_DEMO_USERS=true");

        assertThat(EnvironmentSettings.from(Map.of("BOOKSTORE_IDENTITY_DEMO_USERS", "true"))
                        .users()
                        .authenticate("customer", "customer"))
                .isPresent();
    }

    @Test
    void variables_are_used_and_secrets_stay_out_of_the_text_form() throws Exception {
        ServerSettings settings = EnvironmentSettings.from(Map.of(
                "BOOKSTORE_IDENTITY_DATA",
                "elsewhere",
                "BOOKSTORE_IDENTITY_HTTPS_PORT",
                "0",
                "BOOKSTORE_IDENTITY_HTTP_PORT",
                "9763",
                "BOOKSTORE_IDENTITY_WEB_ORIGINS",
                "https://a.example https://b.example",
                "BOOKSTORE_IDENTITY_KERNEL_URL",
                "http://127.0.0.1:1",
                "BOOKSTORE_IDENTITY_KERNEL_SECRET",
                "shared",
                "BOOKSTORE_REGISTRATION_CLIENT_SECRET",
                "canary"));

        assertThat(settings.dataDirectory()).isEqualTo(Path.of("elsewhere"));
        assertThat(settings.httpsPort()).isZero();
        assertThat(settings.httpPort()).isEqualTo(OptionalInt.of(9763));
        assertThat(settings.webOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.users()).isInstanceOf(KernelUserDirectory.class);
        assertThat(settings.clientSecrets()).containsEntry("bookstore-registration", "canary");
        assertThat(settings.toString()).doesNotContain("canary");
    }

    @Test
    void a_value_that_cannot_be_used_is_refused_by_the_name_of_its_variable() {
        assertThatThrownBy(() -> EnvironmentSettings.from(Map.of("BOOKSTORE_IDENTITY_HTTPS_PORT", "70000")))
                .hasMessageContaining("BOOKSTORE_IDENTITY_HTTPS_PORT");
        assertThatThrownBy(
                        () -> EnvironmentSettings.from(Map.of("BOOKSTORE_IDENTITY_KERNEL_URL", "http://127.0.0.1:1")))
                .hasMessageContaining("BOOKSTORE_IDENTITY_KERNEL_SECRET");
        assertThatThrownBy(() ->
                        EnvironmentSettings.from(Map.of("BOOKSTORE_IDENTITY_WEB_ORIGINS", "https://a.example/shop")))
                .hasMessageContaining("https://a.example/shop");
    }

    @Test
    void the_readme_lists_the_variables_that_are_read_and_no_others() throws Exception {
        Set<String> read = new TreeSet<>();
        EnvironmentSettings.from(recording(read, Map.of("BOOKSTORE_IDENTITY_DEMO_USERS", "true")));
        EnvironmentSettings.from(recording(
                read,
                Map.of(
                        "BOOKSTORE_IDENTITY_KERNEL_URL",
                        "http://127.0.0.1:1",
                        "BOOKSTORE_IDENTITY_KERNEL_SECRET",
                        "shared")));
        String readme = Files.readString(Path.of("README.md"));

        assertThat(Pattern.compile("^\\| `(BOOKSTORE_[A-Z_]+)`", Pattern.MULTILINE)
                        .matcher(readme)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(read);
    }

    private static Map<String, String> recording(Set<String> read, Map<String, String> environment) {
        return new HashMap<>(environment) {

            private static final long serialVersionUID = 1L;

            @Override
            public String get(Object name) {
                read.add((String) name);
                return super.get(name);
            }

            @Override
            public String getOrDefault(Object name, String missing) {
                read.add((String) name);
                return super.getOrDefault(name, missing);
            }
        };
    }
}
